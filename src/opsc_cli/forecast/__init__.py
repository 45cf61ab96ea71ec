"""Forecasts of reviews: the Committee's calendar, waits and turns, and a backtest on past reviews."""
