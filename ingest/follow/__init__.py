"""A folder that is watched: files that come, grow, are delivered again or corrected, here or on another machine."""
