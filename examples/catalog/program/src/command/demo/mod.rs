//! `catalog demo`: everything, step by step. Each step is checked: a demo that does not hold says so and fails.

mod cars93;
mod place;
mod story;

use catalog_adapter::{Catalog, history};
use catalog_domain::{
    Car, CatalogFilters, Page, Paging, Price, Words, browse_catalog, import_cars, price_statistics,
    search_catalog,
};
use underpin::migrate::{Destination, Runner};

use self::place::Place;
use self::story::Story;
use super::tables;
use crate::error::{End, Error};
use crate::output::shown;

pub(crate) async fn run(url: Option<String>) -> Result<End, Error> {
    let place = Place::choose(url)?;
    let mut catalog = Catalog::connect(&place.url).await?;
    let mut story = Story::begin();
    let whose = if place.is_new { "a new file" } else { "your database; nothing in it is lost" };
    story.title("A catalogue of used cars, an example of Underpin", &format!("{} ({whose})", place.name))?;

    build_table(&catalog, &mut story).await?;
    cars_come(&mut catalog, &mut story).await?;
    the_cheapest(&mut catalog, &mut story).await?;
    somebody_looks(&mut catalog, &mut story).await?;
    text_is_text(&mut catalog, &mut story).await?;
    pages_are_turned(&mut catalog, &mut story).await?;
    what_is_refused(&mut story)?;
    what_cars_cost(&mut catalog, &mut story).await?;

    story.end("Every price is exact: it was a decimal in the file, in the database and on the way.")?;
    if place.is_new {
        story.look_around(&place.name)?;
    }
    Ok(End::Done)
}

async fn build_table(catalog: &Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("Build the table, by the revisions that are compiled into this program")?;
    let history = history()?;
    let plan =
        Runner::new(&history).upgrade(&mut tables::target(catalog).await?, &Destination::head()).await?;
    for step in plan.steps() {
        story.done(format!("{}  {}", step.revision(), step.message()))?;
    }
    if plan.is_empty() {
        story.done("it is there already")?;
    }
    Ok(())
}

async fn cars_come(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("Take in 93 real cars, in one unit of work")?;
    let one = Paging::new(0, 1).map_err(broken)?;
    if !search_catalog(catalog, &CatalogFilters::new(), one).await?.is_empty() {
        story.done("there are cars already, so that none is added")?;
        return Ok(());
    }
    let count = import_cars(catalog, cars93::cars()?).await?;
    story.done(format!("{count} cars that were on sale in the USA in 1993"))?;
    story.remark("17,500 pesos for a thousand dollars, multiplied as decimals")?;
    Ok(())
}

async fn the_cheapest(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("The five cheapest")?;
    let five = Paging::new(0, 5).map_err(broken)?;
    let cars = search_catalog(catalog, &CatalogFilters::new(), five).await?;
    tell(&cars, story)?;
    if cars.is_sorted_by_key(|car| (car.price, car.id)) {
        return Ok(());
    }
    Err(broken("prices in order, and equal prices by id"))
}

async fn somebody_looks(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("Somebody looks for a \"hONDA\" of at most 350000 pesos")?;
    let (make, most) = (words("hONDA")?, price("350000")?);
    let filters = CatalogFilters::new().make(make).prices(None, Some(most)).map_err(broken)?;
    let cars = search_catalog(catalog, &filters, Paging::default()).await?;
    tell(&cars, story)?;
    if cars.iter().all(|car| filters.fits(car)) {
        return Ok(());
    }
    Err(broken("only what is looked for"))
}

async fn text_is_text(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("Somebody looks for the make \"%\", and for \"x' OR '1'='1\"")?;
    for text in ["%", "x' OR '1'='1"] {
        let filters = CatalogFilters::new().make(words(text)?);
        let cars = search_catalog(catalog, &filters, Paging::default()).await?;
        if !cars.iter().all(|car| filters.fits(car)) {
            return Err(broken("that text finds only itself"));
        }
        story.done(format!("{text}: {} cars", cars.len()))?;
    }
    story.remark("text in a filter is text: it finds only itself")?;
    Ok(())
}

async fn pages_are_turned(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("Somebody turns three pages of 20, by offset and by key")?;
    let all = CatalogFilters::new();
    let mut next = Some(Page::first(20).map_err(broken)?);
    for number in 0..3 {
        let Some(page) = next else { break };
        let (cars, following) = browse_catalog(catalog, &all, page).await?;
        let paging = Paging::new(20 * number, 20).map_err(broken)?;
        if search_catalog(catalog, &all, paging).await? != cars {
            return Err(broken("that both ways give the same pages"));
        }
        if let (Some(first), Some(last)) = (cars.first(), cars.last()) {
            story.done(format!("{} cars, {} to {}", cars.len(), first.price, last.price))?;
        }
        next = following;
    }
    story.remark("the order is total, so that no car comes twice and none is passed over")?;
    Ok(())
}

fn what_is_refused(story: &mut Story) -> Result<(), Error> {
    story.step("What is refused")?;
    let (Err(fraction), Err(limit)) = ("1.005".parse::<Price>(), Paging::new(0, 201)) else {
        return Err(broken("that nothing is rounded and no page too long"));
    };
    let upside_down = CatalogFilters::new().prices(Some(price("2")?), Some(price("1")?));
    let Err(upside_down) = upside_down else { return Err(broken("that a range has a lower end")) };
    story.refused(format!("a price of 1.005: {fraction}"))?;
    story.refused(format!("prices from 2 to 1: {upside_down}"))?;
    story.refused(format!("201 cars at a time: {limit}"))?;
    Ok(())
}

async fn what_cars_cost(catalog: &mut Catalog, story: &mut Story) -> Result<(), Error> {
    story.step("What the cars of a make cost, for the makes with most of them")?;
    let mut makes = price_statistics(catalog).await?;
    makes.sort_by_key(|of| std::cmp::Reverse(of.cars));
    for of in makes.iter().take(4) {
        let prices = format!("{:>10} to {:>10}, on average {:>10}", of.lowest, of.highest, of.average());
        story.done(format!("{:>2} {:<10}  {prices}", of.cars, shown(of.make.as_str())))?;
    }
    Ok(())
}

fn tell(cars: &[Car], story: &mut Story) -> Result<(), Error> {
    for car in cars {
        let (make, model) = (shown(car.make.as_str()), shown(car.model.as_str()));
        story.done(format!("{:>10}  {}  {make} {model}", car.price, car.year))?;
    }
    Ok(())
}

fn words(text: &str) -> Result<Words, Error> {
    text.parse().map_err(broken)
}

fn price(text: &str) -> Result<Price, Error> {
    text.parse().map_err(broken)
}

fn broken(promise: impl std::fmt::Display) -> Error {
    Error::refused(format!("the demo was to show {promise}, and it is not so"), "report this as a defect")
}
