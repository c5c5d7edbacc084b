"""How good the forecasts were: frozen calls against what was won."""
