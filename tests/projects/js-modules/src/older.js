exports.twice = (value) => value * 2;
