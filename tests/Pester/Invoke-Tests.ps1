<#
.SYNOPSIS
    Runs the Pester tests and writes "passed failed skipped" to a file. Exit code 1 where not all passed.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $ResultPath)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$settings = New-PesterConfiguration
$settings.Run.Path = $PSScriptRoot
$settings.Run.PassThru = $true
$settings.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $settings

# A file that does not even load, and a block that fails, are failures although no test of them ran.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
Set-Content -Path $ResultPath -Value "$($result.PassedCount) $failed $($result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount)"
if ($failed -gt 0 -or $result.Result -ne 'Passed' -or $result.PassedCount -eq 0) { exit 1 }
