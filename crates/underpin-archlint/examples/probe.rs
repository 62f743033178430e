//! Probe it.
fn main() {
    let mut args = std::env::args().skip(1);
    let m = args.next().unwrap();
    match underpin_archlint::probe(std::path::Path::new(&m), args.next().is_some()) {
        Ok(g) => {
            if std::env::var("E").is_ok() {
                for e in g.edges() {
                    println!("{} -> {} {:?} {} {:?} {:?} l{} via{}", g.nodes()[e.from].path, g.nodes()[e.to].path, e.item, e.kind, e.context, e.reach, e.line, e.via.len());
                }
            }
        }
        Err(e) => println!("{e}"),
    }
}
