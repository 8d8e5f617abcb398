//! Publications, told as stories with real repositories.

mod branch;
mod desk;
mod folder;
mod shards;
mod workflow;
