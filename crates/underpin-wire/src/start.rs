//! Logging in.

use crate::authentication::authenticate;
use crate::connection::{Connection, Stream};
use crate::description::Reader;
use crate::encryption::CancelKey;
use crate::{Error, Login, frame};

impl Connection {
    /// Logs in over a stream. `end_point` is the digest of the server's certificate, if the stream is encrypted, to which
    /// the password's proof is bound.
    ///
    /// # Errors
    /// If the server refuses, or the stream fails.
    pub async fn start(
        stream: Box<dyn Stream>,
        login: &Login,
        end_point: Option<Vec<u8>>,
    ) -> Result<Self, Error> {
        let mut connection = Self::new(stream);
        let mut parameters = vec![("client_encoding", "UTF8"), ("user", &*login.user)];
        let given = [
            ("database", &login.database),
            ("options", &login.options),
            ("application_name", &login.application_name),
        ];
        parameters.extend(given.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))));
        frame::start(&parameters, &mut connection.outbound)?;
        authenticate(&mut connection, login, end_point).await?;
        connection.greeting().await?;
        // The first ReadyForQuery ends no request.
        connection.answered = 0;
        Ok(connection)
    }

    /// Reads what the server tells of the session.
    async fn greeting(&mut self) -> Result<(), Error> {
        loop {
            match self.message().await? {
                frame::READY => return Ok(()),
                frame::KEY => {
                    let mut reader = Reader(self.inbound.body());
                    self.key = CancelKey { process: reader.u32()?, secret: reader.u32()? };
                }
                frame::ERROR => return Err(self.refused()),
                frame::NEGOTIATE => {}
                _ => return Err(self.unexpected("to the log-in")),
            }
        }
    }
}
