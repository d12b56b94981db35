# Dot-sourced by every test file: imports the staged module and knows the sample.
if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
Import-Module (Join-Path $PSScriptRoot '../../out/PasskeyAdmin/PasskeyAdmin.psd1') -Force
$sample = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'Samples/contoso-devices.csv'
$proposal = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'Samples/contoso-proposed-policy.json'
$fixtures = Join-Path $PSScriptRoot '../PasskeyAdmin.Core.Tests/Fixtures'

# Compress-Archive belongs to a module that is not everywhere.
function Compress-Zip($file, $archive) {
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $zip = [IO.Compression.ZipFile]::Open($archive, 'Create')
    try { $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file, (Split-Path $file -Leaf)) }
    finally { $zip.Dispose() }
}
