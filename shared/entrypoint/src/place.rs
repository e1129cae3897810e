use crate::Created;

/// A prefix of a bucket: where files land, or where the lake is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    bucket: String,
    /// Empty, or ends in a slash.
    prefix: String,
}

impl Place {
    /// Of an `s3://bucket/prefix`; `None` for a folder, about which no event comes.
    pub fn parse(location: &str) -> Option<Place> {
        let rest = location
            .strip_prefix("s3://")
            .or_else(|| location.strip_prefix("s3a://"))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_matches('/');
        Some(Place {
            bucket: bucket.to_owned(),
            prefix: if prefix.is_empty() {
                String::new()
            } else {
                format!("{prefix}/")
            },
        })
    }

    /// The object's path below this place; `None` for an object elsewhere and for the markers of empty folders.
    pub fn below<'a>(&self, object: &'a Created) -> Option<&'a str> {
        if object.bucket != self.bucket {
            return None;
        }
        let path = object.key.strip_prefix(&self.prefix)?;
        (!path.is_empty() && !path.ends_with('/')).then_some(path)
    }

    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The key of a path below this place.
    pub fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The table, `layer.name`, of which this object of the lake is a commit.
    pub fn committed_table(&self, object: &Created) -> Option<String> {
        self.commit(object).map(|(table, _)| table)
    }

    /// The table of which this object of the lake is a commit, and its version.
    pub(crate) fn commit(&self, object: &Created) -> Option<(String, i64)> {
        let (table, file) = self.below(object)?.split_once("/_delta_log/")?;
        let (layer, name) = table.split_once('/')?;
        let version = file.strip_suffix(".json")?;
        let is_commit = version.len() == 20 && version.bytes().all(|byte| byte.is_ascii_digit());
        let version = version.parse().ok().filter(|_| is_commit)?;
        Some((format!("{layer}.{name}"), version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(bucket: &str, key: &str) -> Created {
        Created {
            bucket: bucket.into(),
            key: key.into(),
            at: 0,
            version_id: None,
            etag: None,
            record: serde_json::Value::Null,
        }
    }

    #[test]
    fn knows_what_lies_below_it() {
        let place = Place::parse("s3://drop/in/").unwrap();
        assert_eq!(
            place.below(&object("drop", "in/a/b c.csv")),
            Some("a/b c.csv")
        );
        assert_eq!(place.below(&object("drop", "inn/a.csv")), None);
        assert_eq!(place.below(&object("drop", "in/a/")), None);
        assert_eq!(place.below(&object("other", "in/a.csv")), None);
        let whole = Place::parse("s3://drop").unwrap();
        assert_eq!(whole.below(&object("drop", "a.csv")), Some("a.csv"));
        assert_eq!(Place::parse("./landing"), None);
    }

    #[test]
    fn tells_commits_from_other_objects() {
        let lake = Place::parse("s3://lake/prod").unwrap();
        let table = |key: &str| lake.committed_table(&object("lake", key));
        assert_eq!(
            table("prod/silver/crosswalk/_delta_log/00000000000000000007.json").as_deref(),
            Some("silver.crosswalk")
        );
        for other in [
            "prod/silver/crosswalk/_delta_log/00000000000000000010.checkpoint.parquet",
            "prod/silver/crosswalk/_delta_log/_last_checkpoint",
            "prod/silver/crosswalk/_delta_log/7.json",
            "prod/silver/crosswalk/part-0.parquet",
            "silver/crosswalk/_delta_log/00000000000000000007.json",
        ] {
            assert_eq!(table(other), None, "{other}");
        }
    }
}
