// The same program under the name by which services and scripts know it.
import './main.js'
