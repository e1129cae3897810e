//! `c360 init`: a commented starting project.

use crate::context::program;
use crate::error::{Error, Result};
use include_dir::{Dir, include_dir};
use std::path::Path;

static PROJECT: Dir = include_dir!("$CARGO_MANIFEST_DIR/init");

pub fn run(dir: &Path) -> Result<()> {
    if is_occupied(dir)? {
        return Err(Error::Refused(format!(
            "{} is not empty: name a new folder, so that nothing of yours is overwritten",
            dir.display()
        )));
    }
    write(&PROJECT, dir)?;
    let dir = dir.display();
    println!("A starting project is in {dir}. Its README.md says how to go on; to see it work:\n");
    let c360 = program();
    println!("  {c360} check --project {dir}\n  {c360} run --project {dir}");
    Ok(())
}

/// Is there anything in the folder?
pub fn is_occupied(dir: &Path) -> Result<bool> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file(dir)(error)),
    }
}

/// Writes every file of an embedded folder that is not there yet.
pub fn write(files: &Dir<'_>, dir: &Path) -> Result<()> {
    std::fs::create_dir_all(dir).map_err(Error::file(dir))?;
    for file in files.files() {
        let path = dir.join(file.path());
        if !path.exists() {
            std::fs::write(&path, file.contents()).map_err(Error::file(&path))?;
        }
    }
    for folder in files.dirs() {
        let path = dir.join(folder.path());
        std::fs::create_dir_all(&path).map_err(Error::file(&path))?;
        write(folder, dir)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_loads_and_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let project = dir.path().join("mine");
        run(&project).unwrap();
        let loaded = pipeline::Project::load(&project).unwrap();
        assert!(!loaded.feeds.is_empty());
        assert!(project.join("landing/crm_contacts.csv").exists());
        assert!(matches!(run(&project), Err(Error::Refused(_))));
    }
}
