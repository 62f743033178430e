//! The other side: a process for each file, which is ended when its time is over.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use documents_domain::{DocumentKind, Extracted, Extractor};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::MOST_TEXT;
use super::reader::Said;

/// Starts readers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readers {
    seconds: u64,
}

impl Readers {
    /// Readers that have so many seconds for a file.
    pub(crate) fn new(seconds: u64) -> Self {
        Self { seconds }
    }

    fn start(self, kind: DocumentKind) -> std::io::Result<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["read-file", kind.as_str(), "--seconds", &self.seconds.to_string()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        // Ctrl-C is for the worker, which lets its readers finish.
        #[cfg(unix)]
        command.process_group(0);
        command.spawn()
    }

    async fn ask(self, kind: DocumentKind, content: &[u8]) -> std::io::Result<(ExitStatus, Vec<u8>)> {
        let mut child = self.start(kind)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let give = async {
            if let Some(mut stdin) = stdin {
                // A reader that has seen enough closes its end.
                let _ = stdin.write_all(content).await;
            }
        };
        let take = async {
            let mut said = Vec::new();
            if let Some(stdout) = stdout {
                stdout.take(MOST_TEXT as u64).read_to_end(&mut said).await?;
            }
            Ok::<_, std::io::Error>(said)
        };
        let ((), said) = tokio::join!(give, take);
        Ok((child.wait().await?, said?))
    }
}

impl Extractor for Readers {
    async fn extract(&self, kind: DocumentKind, content: Vec<u8>) -> Result<Extracted, String> {
        let time = Duration::from_secs(self.seconds);
        // What is dropped when the time is over ends its process.
        match tokio::time::timeout(time, self.ask(kind, &content)).await {
            Err(_) => Err(format!("reading it took more than {} seconds", self.seconds)),
            Ok(Err(error)) => Err(format!("no reader could be started: {error}")),
            Ok(Ok((status, said))) => match serde_json::from_slice(&said) {
                Ok(Said::Read { pages, text }) if status.success() => Ok(Extracted { pages, text }),
                Ok(Said::Refused(why)) if status.success() => Err(why),
                _ => Err("its reader broke down: the file is damaged, or made to do harm".to_owned()),
            },
        }
    }
}
