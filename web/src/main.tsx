import "./app.css"
