//! The page in a real browser: search, empty result, wrong input, next page, a narrow screen.

use serde_json::json;

use crate::browser::Browser;
use crate::scratch::Scratch;
use crate::server::Server;

const WIDE: (u32, u32) = (1200, 900);
const NARROW: (u32, u32) = (375, 700);

fn server() -> Server {
    let server = Server::start(Scratch::sqlite());
    let mut cars = vec![
        ("Honda", "Civic", 1993, "211750.00"),
        ("honda", "<b>Prelude</b>", 1993, "346500.00"),
        ("100%", "a_b", 2000, "1234567.89"),
    ];
    cars.extend((0..45).map(|_| ("Kia", "Rio", 2020, "400000")));
    server.add(&cars);
    server
}

fn open((width, height): (u32, u32), server: &Server) -> Browser {
    let browser = Browser::open(width, height);
    browser.visit(&format!("http://{}/", server.address));
    browser
}

fn status(browser: &Browser) -> String {
    browser.texts("#status").concat()
}

#[test]
fn a_search_shows_what_fits() {
    let server = server();
    let browser = open(WIDE, &server);
    browser.fill("#make", "HONDA");
    browser.fill("#price_to", "350000");
    browser.click("button[type=submit]");
    assert_eq!(browser.texts("td.model"), ["Civic", "<b>Prelude</b>"], "text of a car stays text");
    assert_eq!(browser.texts("td.price"), ["$211,750.00", "$346,500.00"]);
    assert_eq!(status(&browser), "2 cars");
    assert!(browser.texts("#pages button").is_empty(), "there is one page only");

    let address = browser.run("return location.search");
    assert_eq!(address, json!("?make=HONDA&price_to=350000"), "the address can be kept");
    browser.fill("#make", "100%");
    browser.fill("#price_to", "");
    browser.click("button[type=submit]");
    assert_eq!(browser.texts("td.price"), ["$1,234,567.89"]);
    browser.back();
    assert_eq!(browser.texts("td.model").len(), 2);
    assert_eq!(browser.run("return document.getElementById('make').value"), json!("HONDA"));
}

#[test]
fn an_empty_result_says_so() {
    let server = server();
    let browser = open(WIDE, &server);
    browser.fill("#make", "%");
    browser.click("button[type=submit]");
    assert_eq!(status(&browser), "No car fits. Leave a filter out, or widen a range.");
    assert!(browser.texts("#cars").is_empty() && browser.texts("#pages button").is_empty());
    browser.click("#clear");
    assert_eq!(browser.texts("td.make").len(), 20);
}

#[test]
fn wrong_input_is_told_at_the_field() {
    let server = server();
    let browser = open(WIDE, &server);
    for (field, text, why) in [
        ("price_to", "1.005", "it has more than two digits behind the point"),
        ("year_from", "soon", "it is no year from 1886 to 2100"),
    ] {
        browser.fill(&format!("#{field}"), text);
        browser.click("button[type=submit]");
        assert_eq!(browser.texts(".wrong").concat(), why);
        assert_eq!(browser.texts(&format!("#{field}-wrong")).concat(), why);
        assert_eq!(browser.run("return document.activeElement.id"), json!(field), "the field has the focus");
        assert_eq!(browser.run("return document.activeElement.getAttribute('aria-invalid')"), json!("true"));
        assert!(browser.texts("#cars").is_empty());
        browser.click("#clear");
        assert_eq!(browser.texts(".wrong").concat(), "", "what is mended is wrong no longer");
        assert_eq!(browser.texts("td.make").len(), 20);
    }
    browser.fill("#year_from", "2001");
    browser.fill("#year_to", "2000");
    browser.click("button[type=submit]");
    assert_eq!(browser.texts("#year_from-wrong").concat(), "the first year is above the last");
}

#[test]
fn pages_are_turned() {
    let server = server();
    let browser = open(WIDE, &server);
    let mut seen = 0;
    for (cars, buttons) in
        [(20, &["Next page"][..]), (20, &["First page", "Next page"]), (8, &["First page"])]
    {
        assert_eq!(browser.texts("td.make").len(), cars);
        assert_eq!(browser.texts("#pages button"), buttons);
        seen += cars;
        if buttons.contains(&"Next page") {
            browser.click("#next");
        }
    }
    assert_eq!(seen, 48);
    assert_eq!(browser.texts("td.price").last().map(String::as_str), Some("$1,234,567.89"));
    browser.back();
    assert_eq!(browser.texts("td.make").len(), 20);
    browser.click("#first");
    assert_eq!(browser.texts("td.model")[0], "Civic");
}

#[test]
fn a_narrow_screen_needs_no_scrolling_sideways() {
    let server = server();
    server.add(&[("Long".repeat(25).as_str(), "Name".repeat(25).as_str(), 2020, "1")]);
    let browser = open(NARROW, &server);
    assert_eq!(browser.run("return innerWidth"), json!(NARROW.0));
    let hidden = "const e = document.documentElement; return e.scrollWidth - e.clientWidth";
    assert_eq!(browser.run(hidden), json!(0));
    let outside = "return [...document.querySelectorAll('input, button, td, label')].filter(e => e.checkVisibility())
        .filter(e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth }).length";
    assert_eq!(browser.run(outside), json!(0));
    browser.fill("#model", "civic");
    browser.click("button[type=submit]");
    assert_eq!(browser.texts("td.price"), ["$211,750.00"]);
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_breaks_no_policy() {
    let server = server();
    let page = server.get("/");
    assert!(
        page.head.contains("content-security-policy: default-src 'none'; script-src 'self';"),
        "{}",
        page.head
    );
    let browser = open(WIDE, &server);
    let origins =
        browser.run("return performance.getEntriesByType('resource').map(e => new URL(e.name).origin)");
    let origins = origins.as_array().expect("a list").clone();
    assert!(origins.len() >= 3, "{origins:?}");
    assert!(
        origins.iter().all(|origin| *origin == json!(format!("http://{}", server.address))),
        "{origins:?}"
    );
    let injected =
        "const s = document.createElement('script'); s.textContent = 'document.title = \"broken\"';
        document.body.append(s); return document.title";
    assert_eq!(browser.run(injected), json!("Used cars"), "no script in the page itself is run");
}
