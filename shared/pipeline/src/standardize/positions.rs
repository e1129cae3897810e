//! Where columns stand, by name.

use std::cell::Cell;

/// Names that are remembered; more than any entity has.
const SLOTS: usize = 256;

/// Remembers where names stand. Rows ask for the same literals millions of times, and the address of a literal tells it
/// from others without a look at its letters.
pub struct Positions {
    slots: Vec<Cell<Slot>>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// Of the literal; 0 while the slot is free.
    address: usize,
    length: usize,
    position: Option<usize>,
}

impl Positions {
    pub fn new() -> Positions {
        Positions {
            slots: vec![Cell::default(); SLOTS],
        }
    }

    /// Where `name` stands; `find` is asked once for each literal, unless two of them fall on one slot.
    pub fn of(&self, name: &'static str, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        let (address, length) = (name.as_ptr() as usize, name.len());
        let slot = &self.slots[(address ^ (address >> 8) ^ (length << 3)) % SLOTS];
        let known = slot.get();
        if known.address == address && known.length == length {
            return known.position;
        }
        let position = find();
        slot.set(Slot {
            address,
            length,
            position,
        });
        position
    }
}
