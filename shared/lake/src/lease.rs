//! The lease: who may rewrite now.
//!
//! On a folder it is an operating system lock, which ends with its process. On object storage it is an object that names its
//! holder and when it lapses, taken and renewed by conditional puts, so that of two takers exactly one wins. A lease alone
//! does not fence: a holder that slept past its time may still commit. What stops it is the log: exclusive commits carry the
//! version they were computed from (see `write.rs`). So a clock that is wrong costs a wasted run, never a row.

use crate::{Lake, LakeError, Result};
use bytes::Bytes;
use object_store::{
    DynObjectStore, Error as StoreError, ObjectStoreExt, PutMode, PutOptions, UpdateVersion,
    path::Path,
};
use serde_json::{Value, json};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Below the lake; table layers are never named so.
const FOLDER: &str = "_c360/leases";
const POLL: Duration = Duration::from_millis(500);

/// A lease that this process holds, until [`Lease::release`] or the end of the process.
#[derive(Debug)]
pub struct Lease {
    name: String,
    hold: Hold,
}

#[derive(Debug)]
enum Hold {
    /// The lock lasts as long as the open file.
    Locked {
        _file: File,
    },
    Stored(Stored),
}

/// A lease as others see it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct LeaseRecord {
    pub name: String,
    pub holder: String,
    /// µs, UTC; on a folder `None`: its lock ends with its process.
    pub expires_at: Option<i64>,
}

impl Lake {
    /// Takes the lease `name` for `holder`, waiting up to `patience` for another holder to end.
    ///
    /// [`LakeError::Leased`] when it is still held then.
    pub async fn lease(&self, name: &str, holder: &str, patience: Duration) -> Result<Lease> {
        let begun = Instant::now();
        loop {
            let taken = match self.url.to_file_path() {
                Ok(folder) => lock(&folder.join(FOLDER), name, holder)?,
                Err(()) => self.take(name, holder).await?,
            };
            let held_by = match taken {
                Taken::Mine(hold) => {
                    return Ok(Lease {
                        name: name.to_owned(),
                        hold,
                    });
                }
                Taken::HeldBy(holder) => holder,
            };
            let left = patience.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Err(LakeError::Leased {
                    name: name.to_owned(),
                    holder: held_by,
                });
            }
            tokio::time::sleep(POLL.min(left)).await;
        }
    }

    /// Leases that are held now.
    pub async fn leases(&self) -> Result<Vec<LeaseRecord>> {
        let mut held = Vec::new();
        let files = self.files(FOLDER);
        for file in files.list().await? {
            let Some((name, ending)) = file.path.rsplit_once('.') else {
                continue;
            };
            let mut record = match files.read_if_present(&file.path).await? {
                Some(content) => LeaseRecord::read(name, &content),
                None => continue,
            };
            if ending == "lock" {
                record.expires_at = None;
                if !self.is_locked(&file.path)? {
                    continue;
                }
            } else if record.expires_at.unwrap_or_default() <= now() {
                continue;
            }
            held.push(record);
        }
        Ok(held)
    }

    fn is_locked(&self, path: &str) -> Result<bool> {
        let Ok(folder) = self.url.to_file_path() else {
            return Ok(false);
        };
        let file = File::open(folder.join(FOLDER).join(path))?;
        Ok(matches!(
            file.try_lock_shared(),
            Err(TryLockError::WouldBlock)
        ))
    }

    async fn take(&self, name: &str, holder: &str) -> Result<Taken> {
        let path = self.path(&format!("{FOLDER}/{name}.json"));
        let ttl = self.options.lease;
        let (mode, epoch) = match self.store.get(&path).await {
            Err(StoreError::NotFound { .. }) => (PutMode::Create, 1),
            Err(error) => return Err(failed(name)(error)),
            Ok(found) => {
                let version = UpdateVersion {
                    e_tag: found.meta.e_tag.clone(),
                    version: None,
                };
                let content = found.bytes().await.map_err(failed(name))?;
                let record = LeaseRecord::read(name, &content);
                // Our own name: the put that took it was answered with an error and had come through.
                if record.expires_at.unwrap_or_default() > now() && record.holder != holder {
                    return Ok(Taken::HeldBy(record.holder));
                }
                (PutMode::Update(version), epoch(&content) + 1)
            }
        };
        let content = Content {
            holder: holder.to_owned(),
            epoch,
        };
        match put(&self.store, &path, content.lasting(ttl), mode).await {
            Ok(version) => Ok(Taken::Mine(Hold::Stored(Stored::keep(
                self.store.clone(),
                path,
                content,
                version,
                ttl,
            )))),
            Err(error) if is_taken(&error) => Ok(Taken::HeldBy("another run".into())),
            Err(error) => Err(failed(name)(error)),
        }
    }
}

impl Lease {
    /// [`LakeError::LeaseLost`] when another run has taken the lease over. Asked before a group of commits, so that a run
    /// that slept stops early; that none of its commits is harmful the log sees to.
    pub fn confirm(&self) -> Result<()> {
        match &self.hold {
            Hold::Stored(stored) if stored.is_lost.load(Ordering::Acquire) => {
                Err(LakeError::LeaseLost {
                    name: self.name.clone(),
                })
            }
            _ => Ok(()),
        }
    }

    /// Gives the lease back. A lease that is dropped instead lapses by itself.
    pub async fn release(self) {
        if let Hold::Stored(stored) = self.hold {
            stored.release().await;
        }
    }
}

enum Taken {
    Mine(Hold),
    HeldBy(String),
}

fn lock(folder: &std::path::Path, name: &str, holder: &str) -> Result<Taken> {
    std::fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(folder.join(format!("{name}.lock")))?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(json!({ "holder": holder }).to_string().as_bytes())?;
            Ok(Taken::Mine(Hold::Locked { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut content = Vec::new();
            file.read_to_end(&mut content)?;
            Ok(Taken::HeldBy(LeaseRecord::read(name, &content).holder))
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[derive(Clone, Debug)]
struct Content {
    holder: String,
    /// How often the lease has changed hands.
    epoch: u64,
}

impl Content {
    fn lasting(&self, ttl: Duration) -> Bytes {
        let expires_at = now() + i64::try_from(ttl.as_micros()).unwrap_or(i64::MAX / 2);
        let content = json!({"holder": self.holder, "epoch": self.epoch, "expires_at": expires_at});
        content.to_string().into()
    }
}

/// An object that is kept fresh by a task of its own.
#[derive(Debug)]
struct Stored {
    is_lost: Arc<AtomicBool>,
    done: Option<tokio::sync::oneshot::Sender<()>>,
    keeper: JoinHandle<()>,
}

impl Stored {
    fn keep(
        store: Arc<DynObjectStore>,
        path: Path,
        content: Content,
        mut version: UpdateVersion,
        ttl: Duration,
    ) -> Stored {
        let is_lost = Arc::new(AtomicBool::new(false));
        let lost = is_lost.clone();
        let (done, mut ended) = tokio::sync::oneshot::channel();
        let keeper = tokio::spawn(async move {
            loop {
                let lasting = tokio::select! {
                    _ = &mut ended => Duration::ZERO,
                    () = tokio::time::sleep(ttl / 3) => ttl,
                };
                let mode = PutMode::Update(version.clone());
                match put(&store, &path, content.lasting(lasting), mode).await {
                    Ok(renewed) => version = renewed,
                    Err(error) if is_taken(&error) => lost.store(true, Ordering::Release),
                    // Tried again in a moment; at worst the lease lapses.
                    Err(error) => tracing::warn!(%error, "a lease was not renewed"),
                }
                if lasting.is_zero() || lost.load(Ordering::Acquire) {
                    return;
                }
            }
        });
        Stored {
            is_lost,
            done: Some(done),
            keeper,
        }
    }

    async fn release(mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(());
        }
        let _ = (&mut self.keeper).await;
    }
}

impl LeaseRecord {
    fn read(name: &str, content: &[u8]) -> LeaseRecord {
        let value: Value = serde_json::from_slice(content).unwrap_or_default();
        LeaseRecord {
            name: name.to_owned(),
            holder: value["holder"].as_str().unwrap_or("another run").to_owned(),
            expires_at: value["expires_at"].as_i64(),
        }
    }
}

fn epoch(content: &[u8]) -> u64 {
    let value: Value = serde_json::from_slice(content).unwrap_or_default();
    value["epoch"].as_u64().unwrap_or_default()
}

async fn put(
    store: &DynObjectStore,
    path: &Path,
    content: Bytes,
    mode: PutMode,
) -> object_store::Result<UpdateVersion> {
    let options = PutOptions::from(mode);
    let put = store.put_opts(path, content.into(), options).await?;
    Ok(UpdateVersion {
        e_tag: put.e_tag,
        version: None,
    })
}

fn is_taken(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::AlreadyExists { .. }
            | StoreError::Precondition { .. }
            | StoreError::NotFound { .. }
    )
}

fn failed(name: &str) -> impl FnOnce(StoreError) -> LakeError + '_ {
    move |source| LakeError::Store {
        path: format!("{FOLDER}/{name}.json"),
        source: Box::new(source),
    }
}

/// µs, UTC: when a lease lapses is about now, and never part of a row.
fn now() -> i64 {
    chrono::Utc::now().timestamp_micros()
}
