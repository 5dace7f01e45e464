const DraftPage = () => null
export default DraftPage
