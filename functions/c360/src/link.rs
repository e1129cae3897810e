//! `c360 link`: a link that lets whoever has it download the newest file of an extract.

use crate::args::LinkArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format;
use entrypoint::{Aws, Place};
use pipeline::extract;

pub async fn run(context: &Context, args: LinkArgs) -> Result<()> {
    let run = context.open()?;
    if !extract::names().any(|name| name == args.extract) {
        let names: Vec<&str> = extract::names().collect();
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
    let path = format!("extracts/{}", manifest.file);
    let Some(lake) = Place::parse(&run.project.lake) else {
        return Err(Error::Refused(format!(
            "the lake is a folder, its file is {}/{path}; links are for lakes on S3",
            run.project.lake
        )));
    };
    let link = Aws::default().link(&lake, &path, args.expires).await;
    format::print(&format!("{}\n", link?))
}
