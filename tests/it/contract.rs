use super::support::{c360, shared};
use std::process::Command;

#[test]
fn what_outside_tests_rely_on() {
    let Some(check) = shared("contract/check.sh") else {
        return;
    };
    let output = Command::new("bash")
        .arg(check)
        .arg(c360())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
