BeforeAll { . $PSScriptRoot/PasskeyAdmin.Helpers.ps1 }

Describe 'The module' {
    It 'has a valid manifest' {
        $module = Get-Module PasskeyAdmin
        (Test-ModuleManifest (Join-Path $module.ModuleBase 'PasskeyAdmin.psd1')).Version | Should -Be $module.Version
    }

    It 'has help with examples for every command' {
        foreach ($command in Get-Command -Module PasskeyAdmin) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -BeNullOrEmpty
            $help.Synopsis | Should -Not -BeLike "*$($command.Name)*"
            @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2 -Because $command.Name
        }
    }

    It 'explains itself' {
        Get-Help about_PasskeyAdmin | Out-String | Should -BeLike '*Unknown*'
    }

    It 'can be removed and imported again' {
        $path = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'PasskeyAdmin.psd1'
        Remove-Module PasskeyAdmin
        Get-Command Get-PasskeyProvider -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-Module $path
        Get-PasskeyProvider Bitwarden | Should -HaveCount 1
    }
}
