//! When to stop.

/// Done when the program is asked to stop: by Ctrl-C, or on Unix by SIGTERM.
///
/// The signals are watched for from this call on, not only once the future is polled, so that a program that is
/// asked to stop while it starts ends as gracefully as later. A signal that cannot be watched for never comes.
///
/// # Panics
/// Outside a Tokio runtime.
pub fn shutdown_signal() -> impl Future<Output = ()> + Send {
    let (interrupt, terminate) = (watched::interrupt(), watched::terminate());
    async {
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

#[cfg(unix)]
mod watched {
    use tokio::signal::unix::{SignalKind, signal};

    pub(super) fn interrupt() -> impl Future<Output = ()> + Send {
        first(SignalKind::interrupt())
    }

    pub(super) fn terminate() -> impl Future<Output = ()> + Send {
        first(SignalKind::terminate())
    }

    fn first(kind: SignalKind) -> impl Future<Output = ()> + Send {
        let signal = signal(kind);
        async {
            match signal {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        }
    }
}

#[cfg(not(unix))]
mod watched {
    pub(super) async fn interrupt() {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    pub(super) async fn terminate() {
        std::future::pending().await
    }
}
