use pipeline::*;
#[tokio::main]
async fn main() {
    let mut a = std::env::args().skip(1);
    let p = Project::load(std::path::Path::new(&a.next().unwrap())).unwrap();
    let landing = a.next();
    let r = Run::start(
        p,
        Settings {
            as_of: 1_772_323_200_000_000,
            run_id: "r1".into(),
            landing,
            ..Default::default()
        },
    )
    .unwrap();
    let t = std::time::Instant::now();
    let s = standardize::run(&r, standardize::Input::default()).await;
    match s {
        Ok(s) => println!("{s:#?} {:?}", t.elapsed()),
        Err(e) => {
            println!("{e}");
            return;
        }
    }
    let t = std::time::Instant::now();
    match resolve::run(&r).await {
        Ok(s) => println!("{s:#?} {:?}", t.elapsed()),
        Err(e) => {
            println!("{e}");
            return;
        }
    }
    let t = std::time::Instant::now();
    match golden::run(&r).await {
        Ok(_) => println!("golden {:?}", t.elapsed()),
        Err(e) => {
            println!("{e}");
            return;
        }
    }
    let t = std::time::Instant::now();
    match extract::run(&r).await {
        Ok(_) => println!("extract {:?}", t.elapsed()),
        Err(e) => {
            println!("{e}");
            return;
        }
    }
}
