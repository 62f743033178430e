//! TLS, passwords and restarts, with a server of our own.

use underpin_core::ErrorKind;
use underpin_sql::driver::{Access, Driver};

use crate::connect::{fake, refused};
use crate::private::Private;
use crate::scratch::open;

const STATE: &str = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

/// Whether a connection is encrypted, or the error.
async fn encrypted(url: &str) -> Result<bool, underpin_core::Error> {
    let driver = open(url).await?;
    let mut connection = driver.acquire(Access::Read).await?;
    Ok(connection.texts(STATE, &[]).await? == [[Some("true".to_owned())]])
}

#[tokio::test]
async fn each_mode_asks_for_what_it_says() {
    let server = Private::start();
    let port = server.port;
    let to = |host: &str, options: &str| format!("postgres://me@{host}:{port}/postgres?{options}");
    let root = server.certificate("root.crt");
    let own = server.certificate("own.crt");
    open(&to("127.0.0.1", "dbname=postgres&user=postgres"))
        .await
        .unwrap()
        .acquire(Access::Write)
        .await
        .unwrap()
        .script(
            "CREATE ROLE me LOGIN; CREATE ROLE plain LOGIN; CREATE ROLE nobody LOGIN; CREATE ROLE badge LOGIN;
             SET password_encryption = 'scram-sha-256'; CREATE ROLE secret LOGIN PASSWORD 'hunter2'",
        )
        .await
        .unwrap();

    // What is encrypted, and what is not.
    for (options, expected) in [
        ("sslmode=disable", false),
        ("sslmode=allow", false),
        ("sslmode=prefer", true),
        ("", true),
        ("sslmode=require", true),
        (&format!("sslmode=require&sslrootcert={root}"), true),
        (&format!("sslmode=verify-ca&sslrootcert={root}"), true),
        (&format!("sslmode=verify-full&sslrootcert={root}"), true),
    ] {
        for host in ["127.0.0.1", "localhost"] {
            assert_eq!(encrypted(&to(host, options)).await.unwrap(), expected, "{host} {options}");
        }
    }
    // A socket is never encrypted, whatever is asked for.
    let socket = server.folder.display().to_string().replace('/', "%2F");
    assert!(!encrypted(&to(&socket, "sslmode=require")).await.unwrap());
    // Who is let in plain only, or encrypted only, comes in with the modes that leave it open.
    assert!(!encrypted(&to("127.0.0.1", "user=plain&sslmode=prefer")).await.unwrap());
    assert!(encrypted(&to("127.0.0.1", "user=secret&password=hunter2&sslmode=allow")).await.unwrap());
    assert!(
        encrypted(&to("127.0.0.1", "user=secret&password=hunter2&channel_binding=require")).await.unwrap()
    );
    // A client that shows a certificate.
    let badge = format!(
        "user=badge&sslmode=require&sslcert={}&sslkey={}",
        server.certificate("client.crt"),
        server.certificate("client.key")
    );
    assert!(encrypted(&to("127.0.0.1", &badge)).await.unwrap());

    // What is refused, and how it is told.
    for (options, kind, says) in [
        ("user=secret&password=hunter3", ErrorKind::Connect, "the password is wrong (SQLSTATE 28P01)"),
        ("user=secret&sslmode=require", ErrorKind::Connect, "asks for a password, and none is given"),
        ("user=nobody", ErrorKind::Connect, "does not let this user in, or not from here (SQLSTATE 28000)"),
        ("user=plain&sslmode=require", ErrorKind::Connect, "SQLSTATE 28000"),
        (
            &format!("sslmode=verify-full&sslrootcert={own}"),
            ErrorKind::Tls,
            "no TLS connection to database postgres at",
        ),
        (&format!("sslmode=verify-ca&sslrootcert={own}"), ErrorKind::Tls, "certificate"),
        (&format!("sslmode=require&sslrootcert={own}"), ErrorKind::Tls, "certificate"),
        ("sslmode=verify-full&sslrootcert=/nowhere.crt", ErrorKind::Config, "/nowhere.crt of sslrootcert"),
        (
            &format!("sslmode=verify-full&sslrootcert={}", server.certificate("root.key")),
            ErrorKind::Config,
            "certificate",
        ),
    ] {
        let error = encrypted(&to("127.0.0.1", options)).await.expect_err(options);
        let shown = format!("{error} {error:?}");
        assert_eq!(error.kind(), &kind, "{options}: {shown}");
        assert!(error.hint().is_some() && shown.contains(says), "{options}: {shown}");
        assert!(!shown.contains("hunter"), "{shown}");
    }

    // A certificate that names another host is good for verify-ca alone.
    server.show("elsewhere");
    assert!(encrypted(&to("localhost", &format!("sslmode=verify-ca&sslrootcert={root}"))).await.unwrap());
    let error =
        encrypted(&to("localhost", &format!("sslmode=verify-full&sslrootcert={root}"))).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Tls);
    assert!(error.to_string().contains("db.example"), "{error}");
    let named = format!(
        "postgres://me@db.example:{port}/postgres?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={root}"
    );
    assert!(encrypted(&named).await.unwrap());

    // One that is no longer valid is good for no check.
    server.show("expired");
    for mode in ["verify-ca", "verify-full"] {
        let error =
            encrypted(&to("localhost", &format!("sslmode={mode}&sslrootcert={root}"))).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Tls, "{error}");
        assert!(error.to_string().contains("Expired"), "{error}");
    }
    assert!(encrypted(&to("localhost", "sslmode=require")).await.unwrap());

    // A certificate that vouches for itself, as a first setup has it.
    server.show("own");
    for mode in ["verify-ca", "verify-full"] {
        assert!(
            encrypted(&to("localhost", &format!("sslmode={mode}&sslrootcert={own}"))).await.unwrap(),
            "{mode}"
        );
        let error =
            encrypted(&to("localhost", &format!("sslmode={mode}&sslrootcert={root}"))).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Tls, "{error}");
    }

    // A pool outlives a restart of the server, with TLS or without.
    for options in ["sslmode=require&pool_size=3", "sslmode=disable&pool_size=3"] {
        let driver = open(&to("127.0.0.1", options)).await.unwrap();
        let held = [driver.acquire(Access::Read).await.unwrap(), driver.acquire(Access::Read).await.unwrap()];
        drop(held);
        server.control("restart");
        for _ in 0..3 {
            let mut connection = driver.acquire(Access::Read).await.unwrap();
            connection.texts(STATE, &[]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_server_has_no_tls() {
    let port = fake(b"N");
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/app?sslmode=require")).await;
    assert_eq!(error.kind(), &ErrorKind::Tls);
    assert!(error.to_string().contains("does not support TLS"), "{error}");
    // It says yes, and then does something else.
    let port = fake(b"Sorry, no handshake");
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/app?sslmode=require")).await;
    assert_eq!(error.kind(), &ErrorKind::Tls, "{error}");
}
