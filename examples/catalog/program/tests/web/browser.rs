//! A real browser, driven by the WebDriver protocol: Debian's chromium and chromium-driver.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::send;

/// How long the page may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A test of the page without a browser fails, for one that is skipped is soon forgotten.
const MISSING: &str =
    "no browser: install Debian's packages chromium and chromium-driver (as root, ./test does)";

/// No sound, no network of its own, nothing kept.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser with one window.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    /// Kept open, for the driver may write to it.
    _out: BufReader<ChildStdout>,
    _profile: TempDir,
}

impl Browser {
    /// With a window of this size, in pixels.
    pub(crate) fn open(width: u32, height: u32) -> Self {
        let profile = tempfile::Builder::new().prefix("underpin-catalog-").tempdir().expect("a directory");
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(MISSING);
        let mut out = BufReader::new(driver.stdout.take().expect("a pipe"));
        let lines = out.by_ref().lines().map_while(Result::ok);
        // Before it has one, it says that it wants port 0.
        let port = |line: String| line.rsplit_once("on port ")?.1.trim_end_matches('.').parse::<u16>().ok();
        let port = lines.filter_map(port).find(|port| *port != 0).expect("it says its port");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        // A window narrower than 500 pixels exists on a telephone only: it is emulated.
        let options = json!({
            "args": flags,
            "mobileEmulation": { "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "mobile": false } },
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let mut browser = Self { driver, address, session: String::new(), _out: out, _profile: profile };
        let begun = browser.ask("POST", "/session", &wanted);
        browser.session = begun["sessionId"].as_str().expect("a session").to_owned();
        browser
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = send(self.address, method, path, &body.to_string());
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()["value"].take()
    }

    fn command(&self, what: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}/{what}", self.session), body)
    }

    /// Goes to a page and waits for its answer.
    pub(crate) fn visit(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
        self.settle();
    }

    pub(crate) fn back(&self) {
        self.command("back", &json!({}));
        self.settle();
    }

    /// What a script gives.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// The texts of all elements that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.run(&format!(
            "return [...document.querySelectorAll({selector:?})].filter(e => e.checkVisibility()).map(e => e.innerText)"
        ));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        found.as_array().expect("a list").iter().map(text).collect()
    }

    fn element(&self, selector: &str) -> String {
        let found = self.command("element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        id.expect(selector).to_owned()
    }

    /// Types into a field, as a person does, after what was in it is gone.
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.command(&format!("element/{element}/clear"), &json!({}));
        self.command(&format!("element/{element}/value"), &json!({ "text": text }));
    }

    /// Clicks, and waits for the answer.
    pub(crate) fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command(&format!("element/{element}/click"), &json!({}));
        self.settle();
    }

    /// Waits until the page has shown the answer to its last question.
    fn settle(&self) {
        let begun = Instant::now();
        let script =
            "const d = document.body.dataset; return d.asked !== undefined && d.asked === d.answered";
        while self.run(script) != json!(true) {
            assert!(begun.elapsed() < PATIENCE, "the page shows no answer");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; then its driver.
        if !self.session.is_empty() && !thread::panicking() {
            self.ask("DELETE", &format!("/session/{}", self.session), &json!({}));
        } else if !self.session.is_empty() {
            let path = format!("/session/{}", self.session);
            let address = self.address;
            let _ = thread::spawn(move || send(address, "DELETE", &path, "")).join();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
