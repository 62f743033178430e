//! What a code host answers: its status, and a list of repositories as JSON.

use hyper::header::{HeaderMap, LINK};
use hyper::{StatusCode, http};
use serde::Deserialize;
use teams_domain::FoundRepository;

use super::{BaseUrl, CodeHostError, Organisation};

/// A repository as GitHub tells of it; whatever else it says is passed over.
#[derive(Deserialize)]
struct Told {
    name: String,
    description: Option<String>,
    html_url: String,
}

/// A page of the list.
pub(super) struct Listed {
    pub(super) repositories: Vec<FoundRepository>,
    pub(super) is_last: bool,
}

/// What an answer says.
///
/// # Errors
/// If it is not a list of repositories, for whatever reason.
pub(super) fn read(
    head: &http::response::Parts,
    body: &[u8],
    host: &BaseUrl,
    organisation: &Organisation,
) -> Result<Listed, CodeHostError> {
    if head.status != StatusCode::OK {
        return Err(refused(head.status, host, organisation));
    }
    let told: Vec<Told> = serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        CodeHostError::new(
            format!("{} did not answer with a list of repositories: {place}", host.authority()),
            "CODE_HOST_URL must lead to an interface such as https://api.github.com",
        )
    })?;
    let is_last = told.is_empty() || says_last(&head.headers);
    let repositories = told.into_iter().map(|told| found(told, host)).collect::<Result<_, _>>()?;
    Ok(Listed { repositories, is_last })
}

/// Whether there is a header for links, and none to a next page. A host that has no such header is asked until there is
/// nothing more.
fn says_last(headers: &HeaderMap) -> bool {
    let links: Vec<_> = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).collect();
    !links.is_empty() && !links.iter().any(|link| link.contains("rel=\"next\""))
}

fn found(told: Told, host: &BaseUrl) -> Result<FoundRepository, CodeHostError> {
    let broken = |field: &str, why: &dyn std::fmt::Display| {
        CodeHostError::new(
            format!("{} tells of a repository whose {field} cannot be kept: {why}", host.authority()),
            "correct it there, then try again",
        )
    };
    let description = told.description.unwrap_or_default();
    Ok(FoundRepository {
        name: told.name.parse().map_err(|why| broken("name", &why))?,
        description: description.parse().map_err(|why| broken("description", &why))?,
        url: told.html_url.parse().map_err(|why| broken("html_url", &why))?,
    })
}

fn refused(status: StatusCode, host: &BaseUrl, organisation: &Organisation) -> CodeHostError {
    let (what, hint) = match status.as_u16() {
        401 => ("does not accept the token", "set CODE_HOST_TOKEN to one that is valid"),
        403 | 429 => (
            "refuses to tell",
            "the token may lack the right to list repositories, or too much was asked; try again later",
        ),
        404 => (
            "knows no such organisation",
            "look at CODE_HOST_ORGANISATION; the token must be one that may see it",
        ),
        300..=399 => {
            ("wants to be asked elsewhere", "set CODE_HOST_URL to where it leads; it is not followed")
        }
        500..=599 => ("is in trouble", "try again later"),
        _ => (
            "gave no answer of use",
            "CODE_HOST_URL must lead to an interface such as https://api.github.com",
        ),
    };
    let (host, organisation) = (host.authority(), organisation.as_str());
    CodeHostError::new(format!("{host} {what} (organisation {organisation}, status {status})"), hint)
}
