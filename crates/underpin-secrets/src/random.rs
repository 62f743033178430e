//! Random bytes of the operating system.

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::SecretsError;

/// Fills a buffer.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), SecretsError> {
    SystemRandom::new().fill(bytes).map_err(|_| SecretsError::random())
}
