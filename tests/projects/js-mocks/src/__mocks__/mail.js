export const send = () => "from __mocks__";
