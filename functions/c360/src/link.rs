//! `c360 link`: links that let whoever has them download the newest files of an extract.

use crate::args::LinkArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format;
use entrypoint::{Aws, Place};
use pipeline::extract;

pub async fn run(context: &Context, args: LinkArgs) -> Result<()> {
    let run = context.open()?;
    let names = extract::names(&run)?;
    if !names.contains(&args.extract) {
        return Err(Error::Refused(format!(
            "there is no extract {:?}; there are {}",
            args.extract,
            names.join(", ")
        )));
    }
    let Some(manifest) = extract::newest(&run, &args.extract).await? else {
        return Err(Error::Refused(format!(
            "extract {} was not written yet; `c360 run` writes it",
            args.extract
        )));
    };
    let lake = Place::parse(&run.project.lake);
    let mut links = String::new();
    for part in &manifest.files {
        let path = format!("extracts/{}", part.file);
        let Some(lake) = &lake else {
            return Err(Error::Refused(format!(
                "the lake is a folder, its file is {}/{path}; links are for lakes on S3",
                run.project.lake
            )));
        };
        let link = Aws::default().link(lake, &path, args.expires).await?;
        links.push_str(&format!("{link}\n"));
    }
    format::print(&links)
}
