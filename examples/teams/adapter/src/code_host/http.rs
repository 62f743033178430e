//! A code host over HTTP that speaks as GitHub does: `GET /orgs/{organisation}/repos`, a page at a time.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONNECTION, HOST, USER_AGENT};
use hyper::http::{self, Request};
use hyper_util::rt::TokioIo;
use teams_domain::{CodeHost, FoundRepository};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::answer::{self, Listed};
use super::connect::connect;
use super::{BaseUrl, CodeHostError, Organisation, Token};

/// How many repositories are asked for at a time; GitHub gives no more.
const PER_PAGE: usize = 100;

/// The repositories of one organisation.
///
/// | limit | unless told otherwise |
/// |---|---|
/// | time for a page, the connection included | 10 seconds |
/// | pages | 100, which is 10,000 repositories |
/// | bytes of a page | 8 MiB |
///
/// Redirections are not followed: the token goes nowhere but to the address that is set.
#[derive(Debug, Clone)]
pub struct HttpCodeHost {
    base: BaseUrl,
    organisation: Organisation,
    token: Token,
    time: Duration,
    pages: usize,
    bytes: usize,
}

impl HttpCodeHost {
    /// The repositories of this organisation, with the limits in the table.
    #[must_use]
    pub fn new(base: BaseUrl, organisation: Organisation, token: Token) -> Self {
        Self { base, organisation, token, time: Duration::from_secs(10), pages: 100, bytes: 8 << 20 }
    }

    /// With so much time for a page.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// With so many pages at most.
    #[must_use]
    pub fn pages(mut self, pages: usize) -> Self {
        self.pages = pages;
        self
    }

    /// With so many bytes of a page at most.
    #[must_use]
    pub fn bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    async fn page(&self, number: usize) -> Result<Listed, CodeHostError> {
        let asked = timeout(self.time, self.ask(number)).await.map_err(|_| {
            let (host, seconds) = (self.base.authority(), self.time.as_secs_f64());
            CodeHostError::new(
                format!("{host} did not answer within {seconds} seconds"),
                "look at CODE_HOST_URL, and at the network; then try again",
            )
        });
        let (head, body) = asked??;
        answer::read(&head, &body, &self.base, &self.organisation)
    }

    /// One request on a connection of its own, which ends with it.
    async fn ask(&self, page: usize) -> Result<(http::response::Parts, Bytes), CodeHostError> {
        let stream = connect(&self.base).await?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| self.broken(&error))?;
        // Dropped with this future, and the connection with it.
        let mut driving = JoinSet::new();
        driving.spawn(connection);
        let answer = sender.send_request(self.request(page)?).await.map_err(|error| self.broken(&error))?;
        let (head, body) = answer.into_parts();
        Ok((head, self.body(body).await?))
    }

    fn request(&self, page: usize) -> Result<Request<Empty<Bytes>>, CodeHostError> {
        let (path, organisation) = (&self.base.path, self.organisation.as_str());
        let request =
            Request::get(format!("{path}/orgs/{organisation}/repos?per_page={PER_PAGE}&page={page}"))
                .header(HOST, self.base.authority())
                .header(ACCEPT, "application/vnd.github+json")
                .header(USER_AGENT, "underpin-teams")
                .header(CONNECTION, "close");
        let token = self.token.header();
        let request = token.map(|token| request.header(AUTHORIZATION, token).body(Empty::new()));
        request.and_then(Result::ok).ok_or_else(|| {
            CodeHostError::new("the request cannot be said in HTTP", "look at the settings of the code host")
        })
    }

    async fn body(&self, body: Incoming) -> Result<Bytes, CodeHostError> {
        match Limited::new(body, self.bytes).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(CodeHostError::new(
                format!("{} answered with more than {} bytes", self.base.authority(), self.bytes),
                "CODE_HOST_URL must lead to an interface such as https://api.github.com",
            )),
            Err(error) => Err(self.broken(&*error)),
        }
    }

    fn broken(&self, error: &dyn std::error::Error) -> CodeHostError {
        CodeHostError::new(
            format!("the conversation with {} broke off: {error}", self.base.authority()),
            "CODE_HOST_URL must lead to a server that speaks HTTP/1.1; otherwise try again later",
        )
    }
}

impl CodeHost for HttpCodeHost {
    type Error = CodeHostError;

    async fn repositories(&self) -> Result<Vec<FoundRepository>, CodeHostError> {
        let mut found = Vec::new();
        for number in 1..=self.pages {
            let Listed { repositories, is_last } = self.page(number).await?;
            found.extend(repositories);
            if is_last {
                return Ok(found);
            }
        }
        Err(CodeHostError::new(
            format!("{} has more than {} pages of repositories", self.base.authority(), self.pages),
            "an import takes all of an organisation or nothing; import a smaller one",
        ))
    }
}
