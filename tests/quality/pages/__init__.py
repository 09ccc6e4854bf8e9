"""A gate for taking pages apart: made-up articles in the layouts of real sites, scored beside trafilatura."""
