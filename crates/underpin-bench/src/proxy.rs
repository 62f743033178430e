//! A TCP proxy on the loopback that delays every byte without serialising them: what is sent at once arrives at once.
//!
//! It is a process of its own, so that its work is not counted as the client's, and it ends when its parent does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Result, While};
use crate::report;
use crate::stage::Address;

/// A running proxy process; dropping it ends it.
pub(crate) struct Proxy {
    process: std::process::Child,
    /// The port on the loopback where it listens.
    pub(crate) port: u16,
}

impl Proxy {
    /// Starts this program once more, as a proxy to the server that delays a round trip by so much.
    pub(crate) fn start(target: &Address, round_trip: Duration) -> Result<Self> {
        let (kind, host, port) = match target {
            Address::Tcp(host, port) => ("tcp", host.clone(), *port),
            Address::Unix(directory, port) => ("unix", directory.to_string_lossy().into_owned(), *port),
        };
        let mut process = std::process::Command::new(std::env::current_exe()?)
            .args(["proxy", kind, &host, &port.to_string(), &round_trip.as_micros().to_string()])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .attempting(|| "start the slow proxy".into())?;
        let mut line = String::new();
        if let Some(out) = process.stdout.take() {
            std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line)?;
        }
        let port = line.trim().parse().attempting(|| "read the port of the slow proxy".into())?;
        Ok(Self { process, port })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The body of the proxy process: prints its port, and serves until standard input closes.
pub(crate) fn serve(target: Address, round_trip: Duration) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").attempting(|| "listen on the loopback".into())?;
    report::result(&format!("{}\n", listener.local_addr()?.port()))?;
    thread::spawn(move || accept(&listener, &target, round_trip / 2));
    let mut ignored = Vec::new();
    std::io::stdin().read_to_end(&mut ignored)?;
    Ok(())
}

fn accept(listener: &TcpListener, target: &Address, delay: Duration) {
    for client in listener.incoming().flatten() {
        if let Err(error) = connect(client, target, delay) {
            report::progress(&format!("slow proxy: {error}"));
        }
    }
}

fn connect(client: TcpStream, target: &Address, delay: Duration) -> Result<()> {
    client.set_nodelay(true)?;
    let client_out = client.try_clone()?;
    match target {
        Address::Tcp(host, port) => {
            let server = TcpStream::connect((host.as_str(), *port))?;
            server.set_nodelay(true)?;
            let server_out = server.try_clone()?;
            delayed(client, server_out, delay);
            delayed(server, client_out, delay);
        }
        Address::Unix(directory, port) => {
            let server = UnixStream::connect(directory.join(format!(".s.PGSQL.{port}")))?;
            let server_out = server.try_clone()?;
            delayed(client, server_out, delay);
            delayed(server, client_out, delay);
        }
    }
    Ok(())
}

/// The delay of one direction: one thread stamps what arrives, another lets it go when its time has come.
fn delayed(mut from: impl Read + Send + 'static, to: impl Write + Send + 'static, delay: Duration) {
    let (sender, receiver) = channel();
    thread::spawn(move || release(&receiver, to));
    thread::spawn(move || stamp(&mut from, &sender, delay));
}

/// Reads until the end; dropping the sender then ends the other thread.
fn stamp(from: &mut impl Read, sender: &Sender<(Instant, Vec<u8>)>, delay: Duration) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut buffer) {
        let due = Instant::now() + delay;
        let Some(bytes) = buffer.get(..length).filter(|b| !b.is_empty()) else { return };
        if sender.send((due, bytes.to_vec())).is_err() {
            return;
        }
    }
}

fn release(receiver: &Receiver<(Instant, Vec<u8>)>, mut to: impl Write) {
    // The kernel may delay a sleeper by 50 µs beyond its time unless it is told not to.
    let _ = nix::sys::prctl::set_timerslack(1);
    while let Ok((due, bytes)) = receiver.recv() {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.write_all(&bytes).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_arrive_in_order_and_unaltered() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = Address::Tcp("127.0.0.1".into(), server.local_addr().unwrap().port());
        let front = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = front.local_addr().unwrap().port();
        thread::spawn(move || accept(&front, &target, Duration::from_micros(250)));
        // An echo server.
        thread::spawn(move || {
            let (mut peer, _) = server.accept().unwrap();
            let mut out = peer.try_clone().unwrap();
            std::io::copy(&mut peer, &mut out).unwrap();
        });
        let mut client = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let sent: Vec<u8> = (0..200_000u32).flat_map(u32::to_le_bytes).collect();
        let started = Instant::now();
        let mut writer = client.try_clone().unwrap();
        let copy = sent.clone();
        thread::spawn(move || writer.write_all(&copy).unwrap());
        let mut received = vec![0; sent.len()];
        client.read_exact(&mut received).unwrap();
        assert!(received == sent, "the bytes differ");
        assert!(started.elapsed() >= Duration::from_micros(500), "nothing was delayed");
    }
}
