const path = require("node:path");
const { twice } = require("./older");

module.exports = { base: path.basename(__filename), four: twice(2) };
