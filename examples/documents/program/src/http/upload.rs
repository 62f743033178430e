//! `POST /documents`: takes in a file, as `multipart/form-data` with one part called `file`.

use std::time::SystemTime;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use documents_adapter::{ArrivedFile, Db, Documents, FileStore};
use documents_domain::{Arrival, FileName, Intake, ingest_documents};
use serde::Serialize;
use underpin_axum::{Json, Problem, RequestUnitOfWork};

use super::incoming::Incoming;
use super::problem;
use crate::shape::DocumentShape;

#[derive(Debug, Serialize)]
pub(super) struct Taken {
    document: DocumentShape,
    /// Whether a document with the same content was there before.
    known: bool,
}

pub(super) async fn upload(
    State(contents): State<FileStore>,
    request: Request,
) -> Result<impl IntoResponse, Problem> {
    let (mut parts, body) = request.into_parts();
    let arrival = receive(&contents, Request::from_parts(parts.clone(), body)).await?;
    // The unit of work begins here: a slow client holds no connection.
    let mut uow = RequestUnitOfWork::<Db>::from_request_parts(&mut parts, &()).await?;
    let now = SystemTime::now();
    let intakes = ingest_documents(&mut Documents::new(&mut uow), &contents, vec![arrival], now).await;
    let intake = intakes.map_err(problem::of_failure)?.pop().ok_or_else(Problem::internal)?;
    let known = matches!(intake, Intake::Known(_));
    let document = intake.document();
    let status = if known { StatusCode::OK } else { StatusCode::CREATED };
    let place = format!("/documents/{}", document.id());
    let taken = Taken { document: DocumentShape::from(document), known };
    Ok((status, [(LOCATION, place)], Json(taken)))
}

/// The file of a request, on the disk and hashed.
async fn receive(contents: &FileStore, request: Request) -> Result<Arrival<ArrivedFile>, Problem> {
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .detail("send multipart/form-data with a boundary, and say so in the header Content-Type")
    })?;
    let mut arrival = None;
    while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
        if field.name() != Some("file") {
            return Err(Problem::invalid("file", "it is the only part that there may be"));
        }
        if arrival.is_some() {
            return Err(Problem::invalid("file", "it is given more than once"));
        }
        arrival = Some(arrived(contents, field).await?);
    }
    arrival.ok_or_else(|| Problem::invalid("file", "it is missing"))
}

async fn arrived(contents: &FileStore, mut field: Field<'_>) -> Result<Arrival<ArrivedFile>, Problem> {
    let name = field.file_name().ok_or_else(|| Problem::invalid("file", "it has no file name"))?;
    let name: FileName = name.parse().map_err(|why| Problem::invalid("file", format!("{why}")))?;
    let mut incoming = Incoming::begin(contents).await?;
    while let Some(bytes) = field.chunk().await.map_err(unreadable)? {
        incoming = incoming.take(&bytes).await?;
    }
    Arrival::new(name, incoming.end().await?).map_err(problem::of_refusal)
}

fn unreadable(error: MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE).field("file").detail("the request is too large")
        }
        _ => Problem::new(StatusCode::BAD_REQUEST)
            .detail("the body is no multipart/form-data, or ends too early"),
    }
}
