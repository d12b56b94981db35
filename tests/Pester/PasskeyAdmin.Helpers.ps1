# Dot-sourced by every test file: imports the staged module and knows the sample.
if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
Import-Module (Join-Path $PSScriptRoot '../../out/PasskeyAdmin/PasskeyAdmin.psd1') -Force
$sample = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'Samples/contoso-devices.csv'
$fixtures = Join-Path $PSScriptRoot '../PasskeyAdmin.Core.Tests/Fixtures'
