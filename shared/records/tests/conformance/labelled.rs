//! The labelled names of probablepeople: each token of a name with its tag.

use std::path::Path;

/// One name: its tokens as (text, tag).
pub struct Labelled(pub Vec<(String, String)>);

impl Labelled {
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|(text, _)| text.as_str()).collect();
        words.join(" ")
    }

    /// The tokens whose tag `is_wanted`, with spaces between.
    pub fn words(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        let words = self.0.iter().filter(|(_, tag)| is_wanted(tag));
        let words: Vec<&str> = words.map(|(text, _)| text.as_str()).collect();
        words.join(" ")
    }
}

/// `<Name><Tag>text</Tag> …</Name>`, as the files have it.
pub fn read(file: &Path) -> std::io::Result<Vec<Labelled>> {
    let xml = std::fs::read_to_string(file)?;
    let mut names = Vec::new();
    for name in xml.split("<Name>").skip(1) {
        let name = name.split("</Name>").next().unwrap_or_default();
        let mut tokens = Vec::new();
        for token in name.split("</") {
            if let Some((tag, text)) = token
                .rsplit_once('<')
                .and_then(|(_, open)| open.split_once('>'))
            {
                let text = text.replace("&amp;", "&").replace("&quot;", "\"");
                tokens.push((text, tag.to_owned()));
            }
        }
        names.push(Labelled(tokens));
    }
    Ok(names)
}
