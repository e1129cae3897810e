fn main() -> std::process::ExitCode {
    c360::main()
}
