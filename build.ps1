<#
.SYNOPSIS
    Builds, tests, measures and packs PasskeyAdmin. A thin door to dotnet; only -Task Pester needs PowerShell itself.
.EXAMPLE
    ./build.ps1 -Task Build, Test, Pester
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Bench', 'Pack')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # With it, Bench runs micro-benchmarks by BenchmarkDotNet's filter; without it, the report about large inventories.
    [string] $Filter
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$module = Join-Path $root 'out/PasskeyAdmin'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE." }
}

switch ($Task) {
    'Build' { Invoke-Dotnet build (Join-Path $root 'PasskeyAdmin.sln') --configuration $Configuration }
    'Test' { Invoke-Dotnet test (Join-Path $root 'PasskeyAdmin.sln') --configuration $Configuration }
    'Pester' {
        Invoke-Dotnet build (Join-Path $root 'src/PasskeyAdmin/PasskeyAdmin.csproj') --configuration $Configuration
        Import-Module Pester -MinimumVersion 5.0
        $settings = New-PesterConfiguration
        $settings.Run.Path = Join-Path $root 'tests/Pester'
        $settings.Run.PassThru = $true
        $settings.Output.Verbosity = 'Detailed'
        $result = Invoke-Pester -Configuration $settings
        if ($result.Result -ne 'Passed') { throw "Pester: $($result.FailedCount) of $($result.TotalCount) tests failed." }
    }
    'Bench' {
        $what = if ($Filter) { '--filter', $Filter } else { 'report', 1000000, 5 }
        Invoke-Dotnet run --project (Join-Path $root 'tests/PasskeyAdmin.Benchmarks') --configuration Release '--' @what
    }
    'Pack' {
        # The package is made of a release build alone: nothing of the tests is in it.
        Invoke-Dotnet build (Join-Path $root 'src/PasskeyAdmin/PasskeyAdmin.csproj') --configuration Release
        $version = (Import-PowerShellDataFile (Join-Path $module 'PasskeyAdmin.psd1')).ModuleVersion
        $package = Join-Path $root "out/PasskeyAdmin.$version.zip"
        Compress-Archive -Path (Join-Path $module '*') -DestinationPath $package -Force
        $package
    }
}
