//! A shell that carries out the commands of a page, one after the other.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What the shell says when a command has ended; no command of the guide does.
const ENDED: &str = "\u{1}the command has ended with";

/// The longest that a command may take; the first build of a page compiles all dependencies, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// The shell of one page. It and the server that it has begun end with it.
#[derive(Debug)]
pub struct Session {
    shell: Child,
    input: ChildStdin,
    output: Receiver<String>,
    has_server: bool,
}

impl Session {
    /// A shell in this directory, with these variables in place of those that cargo sets for a test.
    ///
    /// # Errors
    /// If there is no shell.
    pub fn begin(directory: &Path, variables: &[(&str, String)]) -> Result<Self, String> {
        let mut command = Command::new("sh");
        // From here on both outputs are one, as on a terminal.
        command.args(["-c", "exec 2>&1; exec sh"]).current_dir(directory);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if (name.starts_with("CARGO") && name != "CARGO_HOME") || name.starts_with("NEXTEST") {
                command.env_remove(name);
            }
        }
        command.env_remove("DATABASE_URL").envs(variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = command.spawn().map_err(|error| format!("sh: {error}"))?;
        let (Some(input), Some(output)) = (shell.stdin.take(), shell.stdout.take()) else {
            return Err("the shell has no input or output".to_owned());
        };
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).split(b'\n').map_while(Result::ok);
            for line in lines {
                if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
            }
        });
        Ok(Self { shell, input, output: receiver, has_server: false })
    }

    /// Carries a command out; what it prints, and the code with which it ends.
    ///
    /// # Errors
    /// If it takes too long, or ends the shell.
    pub fn run(&mut self, command: &str) -> Result<(Vec<String>, i32), String> {
        let script = format!("{{\n{command}\n}} </dev/null\nprintf '\\n{ENDED} %s\\n' $?\n");
        self.input.write_all(script.as_bytes()).map_err(|error| format!("{command}: {error}"))?;
        let mut printed = Vec::new();
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.output.recv_timeout(left).map_err(|_| {
                format!(
                    "{command}: it has not ended in time, or ended the shell; so far:\n{}",
                    printed.join("\n")
                )
            })?;
            if let Some(code) = line.strip_prefix(ENDED) {
                // The line feed before the end is ours, unless the last line had none of its own.
                if printed.last().is_some_and(String::is_empty) {
                    printed.pop();
                }
                let code = code.trim().parse().map_err(|_| format!("{command}: no code"))?;
                return Ok((printed, code));
            }
            printed.push(line);
        }
    }

    /// Begins a command that goes on in the background; what it has printed once that is enough, or once it has ended.
    ///
    /// # Errors
    /// If it does not print enough in time.
    pub fn serve(
        &mut self,
        command: &str,
        enough: impl Fn(&[String]) -> bool,
    ) -> Result<Vec<String>, String> {
        self.stop()?;
        self.run(": >server.log")?;
        self.run(&format!("{command} >server.log 2>&1 & server=$!"))?;
        self.has_server = true;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            // Asked in this order, so that the last words of one that has ended are heard.
            let (_, is_gone) = self.run("kill -0 $server")?;
            let (printed, _) = self.run("cat server.log")?;
            if is_gone != 0 || enough(&printed) {
                return Ok(printed);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(format!("{command}: it has not printed enough in time"))
    }

    /// Asks the server to stop, and waits for it.
    ///
    /// # Errors
    /// If the shell is gone.
    pub fn stop(&mut self) -> Result<(), String> {
        if std::mem::take(&mut self.has_server) {
            self.run("kill -INT $server; wait $server")?;
        }
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.stop();
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
