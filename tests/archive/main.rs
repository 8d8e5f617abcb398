//! Stories about the linked archive: small folders of content go in, and what they say about
//! each other comes out. Everything happens in memory.

mod given;
mod links;
mod mentions;
mod periods;
mod sample;
mod stories;
mod story_pages;
mod synthetic;
mod vocabulary;
