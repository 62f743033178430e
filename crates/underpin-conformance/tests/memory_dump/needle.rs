//! What is looked for in a dump, in all the ways in which it may be written.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::{hkdf, hmac};
use sha2::block_api::compress256;

use crate::dump::Dump;
use crate::keeper::Given;

pub(crate) const RAW_VALUE: &str = "the value";
pub(crate) const RAW_ROOT_KEY: &str = "the root key";
pub(crate) const RAW_COLUMN_KEY: &str = "the key of a column";
pub(crate) const BASE64_KEY: &str = "the root key in base64";
/// Whoever has it needs no key.
pub(crate) const PREPARED: &str = "what is prepared of a key";
/// A block of the cipher, less one byte: what the stack may hold of a value without the rest.
pub(crate) const PART: &str = "a part of the value";
const PART_LEN: usize = 12;

/// Salt of all derivations.
const SALT: &[u8] = b"tk-secrets-1";
/// SHA-256 before it has taken anything in.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// Of AES-256: 15 keys of a block each.
const SCHEDULE: usize = 15 * BLOCK;
const BLOCK: usize = 16;

/// By how many bytes each needle is found at first.
const HEAD: usize = 8;

pub(crate) struct Needles(Vec<(&'static str, Vec<u8>)>);

/// What, and where: the name of each region with the places in it.
#[derive(Default)]
pub(crate) struct Findings(BTreeMap<&'static str, Vec<String>>);

pub(crate) fn all(given: &Given) -> Needles {
    let mut needles = vec![(RAW_VALUE, given.value.as_bytes().to_vec())];
    written(&mut needles, "the value, written in another way", given.value.as_bytes());
    needles.extend(given.value.as_bytes().windows(PART_LEN).map(|part| (PART, part.to_vec())));
    needles.push((RAW_ROOT_KEY, given.root.to_vec()));
    needles.push((BASE64_KEY, STANDARD_NO_PAD.encode(given.root).into_bytes()));
    written(&mut needles, "the root key, written in another way", &given.root);
    for (purpose, context) in [("enc", "notes.bytes"), ("enc", "notes.text"), ("bidx", "notes.hash")] {
        let key = column_key(&given.root, purpose, context);
        needles.push((RAW_COLUMN_KEY, key.to_vec()));
        written(&mut needles, "the key of a column, written in another way", &key);
    }
    let extracted = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SALT), &given.root);
    needles.push((RAW_COLUMN_KEY, extracted.as_ref().to_vec()));
    for key in [extracted.as_ref(), &column_key(&given.root, "bidx", "notes.hash")] {
        needles.extend([0x36, 0x5c].map(|pad| (PREPARED, hashed(key, pad))));
    }
    Needles(needles)
}

/// In hex, as numbers, and in base64 from each of three places in what may stand before it.
fn written(needles: &mut Vec<(&'static str, Vec<u8>)>, what: &'static str, bytes: &[u8]) {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    needles.extend([hex.to_uppercase(), hex, numbers.join(", ")].map(|text| (what, text.into_bytes())));
    for before in 1..3 {
        let text = STANDARD_NO_PAD.encode([&vec![0; before], bytes].concat());
        needles.push((what, text.as_bytes()[4..text.len() - 2].to_vec()));
    }
}

/// By HKDF, without the code that it is to be looked for in.
fn column_key(root: &[u8], purpose: &str, context: &str) -> [u8; 32] {
    let length = u16::try_from(context.len()).unwrap().to_be_bytes();
    let mut key = [0; 32];
    let salted = hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(root);
    let info = [purpose.as_bytes(), &length, context.as_bytes()];
    salted.expand(&info, hkdf::HKDF_SHA256).unwrap().fill(&mut key).unwrap();
    key
}

/// How HMAC keeps a key: the state of the hash that has taken it in.
fn hashed(key: &[u8], pad: u8) -> Vec<u8> {
    let mut block = [pad; 64];
    for (byte, key) in block.iter_mut().zip(key) {
        *byte ^= key;
    }
    let mut state = INITIAL;
    compress256(&mut state, &[block]);
    state.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

/// The rounds' keys of the columns' keys, taken from where they are held: any two give the key.
pub(crate) fn rounds(given: &Given, held: &Dump) -> Needles {
    let key = column_key(&given.root, "enc", "notes.bytes");
    let schedules = held.0.iter().flat_map(|region| {
        let places = (0..region.bytes.len().saturating_sub(SCHEDULE))
            .filter(|at| region.bytes[*at..].starts_with(&key));
        places.map(|at| &region.bytes[at..at + SCHEDULE])
    });
    let rounds: Vec<_> = schedules
        .flat_map(|schedule| schedule.chunks(BLOCK))
        .map(|round| (PREPARED, round.to_vec()))
        .collect();
    assert!(rounds.len() >= SCHEDULE / BLOCK, "the key is not held as it was");
    Needles(rounds)
}

impl Needles {
    pub(crate) fn search(&self, dump: &Dump) -> Findings {
        let mut by_head: BTreeMap<&[u8], Vec<&(&'static str, Vec<u8>)>> = BTreeMap::new();
        // Two bytes tell that most places are none.
        let mut may = vec![false; 1 << 16];
        for needle in &self.0 {
            by_head.entry(&needle.1[..HEAD]).or_default().push(needle);
            may[usize::from(needle.1[0]) << 8 | usize::from(needle.1[1])] = true;
        }
        let mut findings = Findings::default();
        for region in &dump.0 {
            for (at, pair) in region.bytes.array_windows::<2>().enumerate() {
                if !may[usize::from(pair[0]) << 8 | usize::from(pair[1])] {
                    continue;
                }
                let rest = &region.bytes[at..];
                let Some(needles) = rest.get(..HEAD).and_then(|head| by_head.get(head)) else { continue };
                for (what, _) in needles.iter().filter(|(_, needle)| rest.starts_with(needle)) {
                    let place = format!("{} {:#x}", region.name, region.start + at as u64);
                    findings.0.entry(what).or_default().push(place);
                }
            }
        }
        findings
    }
}

impl Findings {
    pub(crate) fn has(&self, what: &str) -> bool {
        self.0.contains_key(what)
    }

    #[track_caller]
    pub(crate) fn is_nothing(&self) {
        assert!(self.0.is_empty(), "found in the memory of a process that has let all go:\n{self}");
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, places) in &self.0 {
            writeln!(
                f,
                "{what}: {} times, first at {}",
                places.len(),
                places[..places.len().min(12)].join(", ")
            )?;
        }
        Ok(())
    }
}
