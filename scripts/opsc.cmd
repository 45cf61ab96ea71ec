@echo off
if exist "%~dp0python.exe" ("%~dp0python.exe" -m opsc_cli %*) else (python -m opsc_cli %*)
