//! What a run of the stage did.

/// Counts of one feed in one run. `rows_read` = filtered + standardized + quarantined.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct FeedReport {
    pub feed: String,
    /// Files whose rows are new in this run.
    pub files: usize,
    /// Files recognized as delivered before.
    pub files_known: usize,
    pub rows_read: u64,
    pub rows_filtered: u64,
    pub rows_standardized: u64,
    pub rows_quarantined: u64,
}

/// A file that could not be taken in at all, or is held until a person says so.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Refused {
    pub feed: String,
    pub file: String,
    pub reason: String,
}

/// A JSON file in which no row has some of the keys that the mapping names: they are null, or misspelt.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Absent {
    pub feed: String,
    pub file: String,
    /// As the mapping writes them, such as `shipping_phone` or `address['city']`.
    pub columns: Vec<String>,
}

/// A file whose content came before under another name.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Repeated {
    pub feed: String,
    pub file: String,
    /// The name under which it came first.
    pub first: String,
}

/// A file whose columns or values are not like those of the feed's file before.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Drifted {
    pub feed: String,
    pub file: String,
    /// In words, without any value.
    pub changes: Vec<String>,
}

#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    pub feeds: Vec<FeedReport>,
    pub refused: Vec<Refused>,
    pub absent: Vec<Absent>,
    pub repeated: Vec<Repeated>,
    pub drifted: Vec<Drifted>,
    /// Landing files that no feed claims.
    pub unclaimed: Vec<String>,
}

impl Report {
    /// Did any file bring something?
    pub fn is_new(&self) -> bool {
        self.feeds.iter().any(|feed| feed.files > 0)
    }
}
