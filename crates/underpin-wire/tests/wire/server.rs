//! A server made of messages: it expects some of ours and answers with some of its own.

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use underpin_wire::{Connection, Error, Login, Parameters, Type, Unfit};

/// The other end of a connection.
pub(crate) struct Server(pub(crate) DuplexStream);

/// One message of the server.
pub(crate) fn message(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&[tag][..], &length.to_be_bytes(), body].concat()
}

/// The end of an answer.
pub(crate) fn ready() -> Vec<u8> {
    message(b'Z', b"I")
}

/// The count of an answer.
pub(crate) fn complete(text: &str) -> Vec<u8> {
    message(b'C', &[text.as_bytes(), b"\0"].concat())
}

/// A refusal.
pub(crate) fn refusal(severity: &str, code: &str) -> Vec<u8> {
    message(b'E', format!("V{severity}\0C{code}\0Msecret\0\0").as_bytes())
}

/// A row.
pub(crate) fn row(cells: &[&[u8]]) -> Vec<u8> {
    let mut body = u16::try_from(cells.len()).unwrap().to_be_bytes().to_vec();
    for cell in cells {
        body.extend_from_slice(&u32::try_from(cell.len()).unwrap().to_be_bytes());
        body.extend_from_slice(cell);
    }
    message(b'D', &body)
}

/// The columns of a result, by name and type.
pub(crate) fn columns(of: &[(&str, u32)]) -> Vec<u8> {
    let mut body = u16::try_from(of.len()).unwrap().to_be_bytes().to_vec();
    for (name, ty) in of {
        body.extend_from_slice(name.as_bytes());
        body.extend_from_slice(&[0; 7]);
        body.extend_from_slice(&ty.to_be_bytes());
        body.extend_from_slice(&[0; 8]);
    }
    message(b'T', &body)
}

impl Server {
    /// Says these messages.
    pub(crate) async fn say(&mut self, messages: &[Vec<u8>]) {
        self.0.write_all(&messages.concat()).await.unwrap();
    }

    /// Says no more, but goes on hearing.
    pub(crate) async fn shut(&mut self) {
        self.0.shutdown().await.unwrap();
    }

    /// Waits for a message of the client; gives its tag and what stands in it.
    pub(crate) async fn hear(&mut self) -> (u8, Vec<u8>) {
        let tag = self.0.read_u8().await.unwrap();
        let length = self.0.read_u32().await.unwrap();
        let mut body = vec![0; length as usize - 4];
        self.0.read_exact(&mut body).await.unwrap();
        (tag, body)
    }

    /// Waits for messages with these tags.
    pub(crate) async fn expect(&mut self, tags: &[u8]) {
        for tag in tags {
            let (heard, body) = self.hear().await;
            let shown = String::from_utf8_lossy(&body).into_owned();
            assert_eq!(char::from(heard), char::from(*tag), "{shown}");
        }
    }

    /// Whether the client has gone without another word.
    pub(crate) async fn is_left(&mut self) -> bool {
        self.0.read_u8().await.is_err()
    }

    /// Reads what a session starts with.
    pub(crate) async fn greeted(&mut self) -> String {
        let length = self.0.read_u32().await.unwrap();
        let mut body = vec![0; length as usize - 4];
        self.0.read_exact(&mut body).await.unwrap();
        String::from_utf8_lossy(&body).into_owned()
    }
}

/// Two ends of a stream.
pub(crate) fn pair() -> (DuplexStream, Server) {
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    (ours, Server(theirs))
}

/// A connection that has logged in, and its server.
pub(crate) async fn connected() -> (Connection, Server) {
    let (stream, mut server) = pair();
    let login = Login { user: "me".to_owned(), ..Login::default() };
    let greet = async {
        server.greeted().await;
        server.say(&[message(b'R', &[0; 4]), message(b'K', &[0, 0, 0, 1, 0, 0, 0, 2]), ready()]).await;
    };
    let (connection, ()) = tokio::join!(Connection::start(Box::new(stream), &login, None), greet);
    (connection.unwrap(), server)
}

/// Texts as parameters; one that says so is refused.
pub(crate) struct Texts<'a>(pub(crate) &'a [&'a str]);

impl Parameters for Texts<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn declared(&self, _index: usize) -> Type {
        Type::TEXT
    }

    fn is_text(&self, _index: usize, _ty: &Type) -> bool {
        true
    }

    fn write(&self, index: usize, _ty: &Type, out: &mut BytesMut) -> Result<bool, Unfit> {
        out.extend_from_slice(self.0[index].as_bytes());
        if self.0[index] == "unfit" { Err("unfit".into()) } else { Ok(true) }
    }
}

/// The SQLSTATE of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    answer.unwrap_err().sqlstate().unwrap().to_owned()
}
