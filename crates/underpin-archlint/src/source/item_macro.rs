//! Macros: what they define, what stands in their input, and items that they let through.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    ext::IdentExt as _,
    parse::{ParseStream, Parser as _},
    spanned::Spanned as _,
    visit::Visit,
};

use super::{
    Include, ItemKind, PathKind, Space, Visibility,
    attributes::Switches,
    extract::Extractor,
    tokens::{self, transcribers},
};

impl Extractor {
    /// A macro where an item stands: a definition, an inclusion, or a call whose input may be items.
    pub(super) fn macro_item(&mut self, item: &syn::ItemMacro, switches: &Switches) {
        if let Some(name) = &item.ident {
            let kind = if switches.macro_export { ItemKind::ExportedMacro } else { ItemKind::Macro };
            self.declare_as(&name.unraw().to_string(), kind, Visibility::Public, Vec::new());
            for body in transcribers(item.mac.tokens.clone()) {
                self.template(&name.unraw().to_string(), &body);
                tokens::scan(body, &mut |run| self.run(run, PathKind::MacroBody));
            }
        } else if !self.include(&item.mac) {
            let call = self.call(&item.mac);
            if let Some(last) = item.mac.path.segments.last() {
                let called = (self.name(&last.ident.unraw().to_string()), self.when);
                self.here().calls.push(called);
            }
            self.inside(call, |extractor| extractor.items_or_tokens(&item.mac.tokens));
        }
    }

    /// A macro where an expression, type or pattern stands.
    pub(super) fn macro_call(&mut self, mac: &syn::Macro) {
        if !self.include(mac) {
            let call = self.call(mac);
            self.inside(call, |extractor| {
                let found = &mut |run| extractor.run(run, PathKind::MacroInput);
                tokens::scan(mac.tokens.clone(), found);
            });
        }
    }

    /// Tokens that are no syntax tree.
    pub(super) fn opaque(&mut self, tokens: TokenStream) {
        tokens::scan(tokens, &mut |run| self.run(run, PathKind::MacroInput));
    }

    fn call(&mut self, mac: &syn::Macro) -> Option<u32> {
        let words = mac.path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
        let leading = mac.path.leading_colon.is_some();
        self.words(words, leading, PathKind::MacroCall, Space::Macro, line_of(mac))
    }

    fn inside(&mut self, call: Option<u32>, work: impl FnOnce(&mut Self)) {
        let before = (self.within, self.in_macro);
        (self.within, self.in_macro) = (call.or(self.within), true);
        self.on_surface(false, work);
        (self.within, self.in_macro) = before;
    }

    /// Input that reads as items is taken for items: macros that switch on conditions let them through.
    fn items_or_tokens(&mut self, tokens: &TokenStream) {
        if self.items(tokens) {
            return;
        }
        let mut rest = TokenStream::new();
        for token in tokens.clone() {
            match token {
                TokenTree::Group(group)
                    if group.delimiter() == Delimiter::Brace
                        && !group.stream().is_empty()
                        && self.items(&group.stream()) => {}
                other => rest.extend([other]),
            }
        }
        self.opaque(rest);
    }

    /// A body without variables that declares modules is read as what will stand where it is called.
    fn template(&mut self, name: &str, body: &TokenStream) {
        let Some(items) = parsed(&without_dollars(body.clone())) else { return };
        if items.iter().any(|item| matches!(item, syn::Item::Mod(_))) {
            let before = (self.in_macro, std::mem::take(&mut self.locals));
            self.in_macro = true;
            let scope = self.in_scope(false, |inner| items.iter().for_each(|item| inner.visit_item(item)));
            (self.in_macro, self.locals) = before;
            let name = self.name(name);
            self.templates.push((name, scope));
        }
    }

    fn items(&mut self, tokens: &TokenStream) -> bool {
        match parsed(tokens) {
            Some(items) => {
                items.iter().for_each(|item| self.visit_item(item));
                true
            }
            None => false,
        }
    }

    fn include(&mut self, mac: &syn::Macro) -> bool {
        if !mac.path.is_ident("include") {
            return false;
        }
        let line = line_of(mac);
        match syn::parse2::<syn::LitStr>(mac.tokens.clone()) {
            Ok(file) => {
                let when = self.when;
                self.here().includes.push(Include { file: file.value(), line, when });
            }
            Err(_) => self.unread.push((line, "an include! whose file is no plain text".to_owned())),
        }
        true
    }
}

/// Tokens as items, if that is what they are.
fn parsed(tokens: &TokenStream) -> Option<Vec<syn::Item>> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse::<syn::Item>()?);
        }
        Ok(items)
    };
    parser.parse2(tokens.clone()).ok()
}

/// `$crate` as `crate`; other variables stay, and keep the tokens from being items.
fn without_dollars(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut result = TokenStream::new();
    for (at, token) in tokens.iter().enumerate() {
        let before_crate = matches!(tokens.get(at + 1), Some(TokenTree::Ident(word)) if word == "crate");
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' && before_crate => {}
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_dollars(group.stream()));
                inner.set_span(group.span());
                result.extend([TokenTree::Group(inner)]);
            }
            other => result.extend([other.clone()]),
        }
    }
    result
}

fn line_of(mac: &syn::Macro) -> u32 {
    u32::try_from(mac.path.span().start().line).unwrap_or(u32::MAX)
}
