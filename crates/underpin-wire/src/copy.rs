//! COPY: rows that travel to the server in one long message after another.

use bytes::{BufMut, BytesMut};

use crate::connection::{Connection, Kind, Ticket};
use crate::{Error, frame};

/// How much is sent at a time, in bytes.
const PORTION: usize = 64 * 1024;

impl Connection {
    /// Asks for a COPY into a table. Until the server takes rows by [`copy_in`](Self::copy_in) nothing may be asked; what is
    /// asked nevertheless gives the COPY up.
    ///
    /// # Errors
    /// As for [`simple`](Self::simple).
    pub fn copy(&mut self, sql: &str) -> Result<Ticket, Error> {
        let ticket = self.simple(sql)?;
        self.copying = true;
        Ok(ticket)
    }

    /// Waits until the server takes rows.
    ///
    /// # Errors
    /// If the server refuses, or the connection is lost.
    pub async fn copy_in(&mut self, ticket: &Ticket) -> Result<(), Error> {
        self.reach(ticket).await?;
        match self.message().await? {
            frame::COPY_IN => Ok(()),
            frame::ERROR => {
                self.copying = false;
                Err(self.refused())
            }
            _ => Err(self.unexpected("to a COPY")),
        }
    }

    /// Where rows of the COPY are written.
    pub fn copy_buffer(&mut self) -> &mut BytesMut {
        if self.portion.is_none() {
            self.outbound.put_u8(frame::COPY_DATA);
            self.portion = Some(self.outbound.len());
            self.outbound.put_i32(0);
        }
        &mut self.outbound
    }

    /// Sends what was written if it is worth it. What the server says meanwhile ends the COPY.
    ///
    /// # Errors
    /// If the server refuses, or the connection is lost.
    pub async fn copy_send(&mut self) -> Result<(), Error> {
        if self.portion.is_none_or(|start| self.outbound.len() - start < PORTION) {
            return Ok(());
        }
        self.end_portion()?;
        self.flush().await;
        self.alive()?;
        if self.inbound.is_empty() {
            return Ok(());
        }
        // Only a refusal comes before the end of a COPY.
        match self.message().await? {
            frame::ERROR => {
                self.copying = false;
                Err(self.refused())
            }
            _ => Err(self.unexpected("in the middle of a COPY")),
        }
    }

    /// Ends the COPY, and waits for what the server says of it: how many rows it has taken.
    ///
    /// # Errors
    /// If the server refuses, or the connection is lost.
    pub async fn copy_done(&mut self, ticket: Ticket) -> Result<u64, Error> {
        self.end_portion()?;
        frame::copy_done(&mut self.outbound);
        self.copying = false;
        self.done(ticket).await
    }

    fn end_portion(&mut self) -> Result<(), Error> {
        match self.portion.take() {
            Some(start) => frame::patch(start, &mut self.outbound),
            None => Ok(()),
        }
    }

    /// Gives up a COPY that is under way: the server takes none of its rows, and its answer is passed over. If the server has
    /// refused it meanwhile, it does not mind.
    pub fn give_up_copy(&mut self) {
        if !std::mem::take(&mut self.copying) {
            return;
        }
        if let Some(start) = self.portion.take() {
            // The tag stands before.
            self.outbound.truncate(start.saturating_sub(1));
        }
        frame::copy_fail(&mut self.outbound);
    }

    /// Refuses a COPY that nobody has rows for: a statement of the user's own.
    pub(crate) fn refuse_copy(&mut self, ticket: &Ticket) {
        frame::copy_fail(&mut self.outbound);
        if ticket.kind != Kind::Simple {
            // The one that was sent with the statement was passed over by the server, which waited for rows.
            frame::sync(&mut self.outbound);
        }
    }
}
