BeforeDiscovery {
    # Each PowerShell block that is followed by a block of output; the first command is the one whose output is shown.
    $readme = (Get-Content (Join-Path $PSScriptRoot '../../README.md') -Raw).Replace("`r", '')
    $examples = foreach ($match in [regex]::Matches($readme, '(?s)```powershell\n(?<code>[^`]+)```\s+```\n(?<output>[^`]+)```')) {
        @{ Code = $match.Groups['code'].Value.Trim().Split("`n")[0]; Output = $match.Groups['output'].Value }
    }
}

BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    Copy-Item $sample TestDrive:/devices.csv
    Copy-Item $proposal TestDrive:/proposed.json
    function Trim($text) { ($text.Replace("`r", '').Split("`n").TrimEnd() | Where-Object { $_ }) -join "`n" }
}

AfterAll {
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'The README' {
    It 'shows what <Code> really prints' -ForEach $examples {
        Push-Location TestDrive:/
        try { $shown = [scriptblock]::Create($Code).Invoke() | Out-String -Width 250 }
        finally { Pop-Location }
        Trim $shown | Should -Be (Trim $Output)
    }

    It 'has examples' -ForEach @{ Count = $examples.Count } {
        $Count | Should -BeGreaterOrEqual 4
    }
}
