//! An encrypted cell among the values that a column can hold.

use underpin_core::{CellError, Cells, ColumnType, Encoder, Value};

use super::{Encrypted, Form, State};

impl<T: 'static, F: Form> Value for Encrypted<T, F> {
    const TYPE: ColumnType = F::TYPE;
    const ENCRYPTED: bool = true;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        match &self.state {
            State::Sealed(envelope) => F::write(envelope, out),
            State::Fresh(fresh) => {
                fresh.seal(|envelope| F::write(envelope, out)).map_err(CellError::Unencryptable)?
            }
            State::Keyless => Err(CellError::Unencryptable("no keys are loaded")),
        }
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        F::read(cells, position).map(Self::from_envelope)
    }

    /// The same value in the same place is no change, although it would be encrypted to other bytes.
    fn same(&self, other: &Self) -> bool {
        match (&self.state, &other.state) {
            (State::Sealed(a), State::Sealed(b)) => a == b,
            (State::Fresh(a), State::Fresh(b)) => a.is_as(b),
            (State::Fresh(fresh), State::Sealed(envelope))
            | (State::Sealed(envelope), State::Fresh(fresh)) => fresh.is_in(envelope),
            // It must come to be written, so that it is refused.
            (State::Keyless, _) | (_, State::Keyless) => false,
        }
    }
}
