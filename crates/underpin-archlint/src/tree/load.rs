//! Reads the files of all targets, wave by wave: those that the files of one wave name are the next.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    Error, Problem, Result,
    graph::Context,
    source::{self, Facts},
    workspace::{TargetKind, Workspace, underscored},
};

use super::{Cache, FileId, SourceFile, Tree, Unread, Wanted, mount::Mounting};

/// Deeply nested code needs deep recursion.
const STACK: usize = 256 * 1024 * 1024;

/// A file, once it is read.
pub(super) struct Loaded {
    pub(super) facts: Arc<Facts>,
    pub(super) lines: usize,
}

/// Reads every module of a workspace.
///
/// # Errors
/// A file cannot be read or parsed, a module's file is missing, or there is no module at all.
pub(crate) fn load(workspace: &Workspace, cache: &mut Cache) -> Result<Tree> {
    let mut mounting = Mounting::new(workspace);
    let mut files: HashMap<PathBuf, FileId> = HashMap::new();
    let mut wanted: BTreeSet<Wanted> = BTreeSet::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (index, package) in workspace.packages.iter().enumerate() {
        for target in &package.targets {
            let context = match target.kind {
                TargetKind::Library | TargetKind::Binary => Context::Normal,
                TargetKind::Build => Context::Build,
                TargetKind::Test | TargetKind::Example | TargetKind::Bench => Context::Test,
            };
            let mut name = package.root_name(target);
            if !taken.insert(name.clone()) {
                name = format!("{}({name})", underscored(&package.name));
            }
            mounting.root(index, target, &name, context);
            wanted.insert(Wanted { path: target.source.clone(), included: false });
        }
    }
    while !wanted.is_empty() {
        for (wanted, loaded) in read_all(&wanted, cache) {
            match loaded {
                Ok(loaded) => {
                    let id = mounting.tree.files.len();
                    let name = shown(&workspace.root, &wanted.path);
                    mounting.tree.lines += loaded.lines;
                    mounting.tree.files.push(SourceFile { name, facts: loaded.facts });
                    files.insert(wanted.path, id);
                }
                Err(problem) => {
                    mounting.problems.push(problem.in_file(shown(&workspace.root, &wanted.path)));
                    mounting.broken.insert(wanted.path);
                }
            }
        }
        wanted = mounting.advance(&files);
        wanted.retain(|file| !files.contains_key(&file.path) && !mounting.broken.contains(&file.path));
    }
    let unmounted = unmounted(workspace, &files);
    mounting.tree.unread.extend(unmounted.into_iter().map(|path| Unread {
        file: shown(&workspace.root, &path),
        line: 1,
        what: "no module mounts this file".to_owned(),
    }));
    if mounting.problems.is_empty() && mounting.tree.modules.is_empty() {
        mounting.problems.push(Problem::new("no module was found: nothing was checked", ""));
    }
    if !mounting.problems.is_empty() {
        return Err(Error::of(mounting.problems));
    }
    Ok(mounting.tree)
}

/// Rust files in the source folders that nothing reached: left over, or mounted in a way that is not seen.
fn unmounted(workspace: &Workspace, files: &HashMap<PathBuf, FileId>) -> Vec<PathBuf> {
    let mut folders: BTreeSet<&Path> = BTreeSet::new();
    for target in workspace.packages.iter().flat_map(|package| &package.targets) {
        let folder = target.source.parent().filter(|folder| folder.ends_with("src"));
        folders.extend(folder);
    }
    let mut waiting: Vec<PathBuf> = folders.into_iter().map(Path::to_path_buf).collect();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        // A folder that cannot be read holds no file that was.
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !files.contains_key(&path) {
                found.push(path);
            }
        }
    }
    found
}

/// A path below the root, with `/`.
pub(super) fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

type Outcome = std::result::Result<Loaded, Problem>;

/// Reads files on as many threads as there are processors.
fn read_all(wanted: &BTreeSet<Wanted>, cache: &mut Cache) -> BTreeMap<Wanted, Outcome> {
    let list: Vec<&Wanted> = wanted.iter().collect();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    let shared = &*cache;
    let fresh = Mutex::new(Vec::new());
    let work = || {
        let mut own = Vec::new();
        let mut parsed = Vec::new();
        while let Some(wanted) = list.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = read_one(wanted, shared, &mut parsed);
            own.push(((*wanted).clone(), outcome));
        }
        results.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
        fresh.lock().unwrap_or_else(PoisonError::into_inner).extend(parsed);
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(list.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            // Without a thread the work is done here, below.
            drop(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work));
        }
    });
    work();
    for (path, stamp, facts, lines) in fresh.into_inner().unwrap_or_else(PoisonError::into_inner) {
        cache.keep(path, stamp, facts, lines);
    }
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

type Parsed = (PathBuf, super::cache::Stamp, Arc<Facts>, usize);

fn read_one(wanted: &Wanted, cache: &Cache, parsed: &mut Vec<Parsed>) -> Outcome {
    let unreadable = |error: std::io::Error| {
        Problem::new(format!("cannot be read: {error}"), "a file that cannot be read cannot be judged")
    };
    let (stamp, known) = cache.find(&wanted.path).map_err(unreadable)?;
    if let Some((facts, lines)) = known {
        return Ok(Loaded { facts, lines });
    }
    let bytes = fs::read(&wanted.path).map_err(unreadable)?;
    let stamp = stamp.with_text(&bytes);
    if let Some((facts, lines)) = cache.same_text(&wanted.path, &stamp) {
        parsed.push((wanted.path.clone(), stamp, Arc::clone(&facts), lines));
        return Ok(Loaded { facts, lines });
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Problem::new("is no UTF-8", "a file that cannot be parsed cannot be judged"))?;
    let facts = source::parse(&text, wanted.included).map_err(|failure| {
        Problem::new(
            format!("cannot be parsed: {}", failure.what),
            "a file that cannot be parsed cannot be judged; make it compile first",
        )
        .at_line(failure.line)
    })?;
    let facts = Arc::new(facts);
    let lines = text.lines().count();
    parsed.push((wanted.path.clone(), stamp, Arc::clone(&facts), lines));
    Ok(Loaded { facts, lines })
}
