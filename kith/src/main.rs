//! Floor 4: the program. It wires the floors together and holds no logic.

fn main() {}
