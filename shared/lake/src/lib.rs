#![doc = include_str!("../README.md")]

mod error;
pub mod fault;
mod files;
mod key;
mod lease;
#[cfg(feature = "s3")]
mod login;
mod maintain;
mod near;
#[cfg(feature = "s3")]
mod s3;
mod session;
mod stage;
mod store;
mod table;
mod write;

pub use error::{LakeError, Result};
pub use files::{Files, Listed};
pub use key::KEY_BYTES;
pub use lease::{Lease, LeaseRecord};
pub use maintain::Maintained;
pub use session::Session;
pub use stage::Stager;
pub use store::{Author, Lake, Options};
pub use table::{Size, Snapshot, TableDef};
pub use write::{Commit, Staged, retries};

/// `TIMESTAMP` columns everywhere: microseconds since the epoch, UTC.
pub fn timestamp_type() -> arrow::datatypes::DataType {
    arrow::datatypes::DataType::Timestamp(
        arrow::datatypes::TimeUnit::Microsecond,
        Some("UTC".into()),
    )
}
