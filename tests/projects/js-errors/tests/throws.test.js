import "../src/broken.js";
