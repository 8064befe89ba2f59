export const send = () => "really";
