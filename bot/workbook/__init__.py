"""The content as a workbook that ARM can edit in a spreadsheet and run in ODK or KoboToolbox, and back again."""
