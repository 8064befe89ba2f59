export default { rate: () => 2 };
