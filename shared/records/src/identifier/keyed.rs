//! Keyed hashes of identifiers: equal values can be told, the values cannot be had back without the key.

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// HMAC-SHA-256 (RFC 2104) under a key. What the key is and where it is kept is the caller's; at least 32 random bytes, or
/// the few billion values that an identifier can have are tried out.
#[derive(Clone)]
pub struct HashKey(Hmac<Sha256>);

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey")
    }
}

impl HashKey {
    pub fn new(key: &[u8]) -> HashKey {
        // The block of RFC 2104: shorter keys are filled with zeros, longer ones hashed. It cannot fail, unlike the
        // general interface for slices.
        let mut block = [0; 64];
        if key.len() > block.len() {
            block[..32].copy_from_slice(&Sha256::digest(key));
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        HashKey(Hmac::new(&block.into()))
    }

    /// 64 lower-case hexadecimal digits.
    pub fn hash(&self, value: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(value.as_bytes());
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        digest
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect()
    }
}
