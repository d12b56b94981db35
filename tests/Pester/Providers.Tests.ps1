BeforeAll { . $PSScriptRoot/PasskeyAdmin.Helpers.ps1 }

Describe 'Get-PasskeyProvider' {
    It 'lists providers' {
        (Get-PasskeyProvider | Measure-Object).Count | Should -BeGreaterThan 100
    }

    It 'answers what an AAGUID is' {
        (Get-PasskeyProvider -AaGuid 90a3ccdf-635c-4729-a248-9b709135078f).Authenticator.Name | Should -Be 'Microsoft Authenticator for iOS'
    }

    It 'answers AAGUIDs from a file' {
        'AaGuid', 'bada5566-a7aa-401f-bd96-45619a55120d', '12345678-1234-1234-1234-123456789abc' | Set-Content TestDrive:/aaguids.csv
        Import-Csv TestDrive:/aaguids.csv | Get-PasskeyProvider | ForEach-Object Name | Should -Be '1Password', 'Unknown provider'
    }

    It 'gives all AAGUIDs of a family for an allow list' {
        Get-PasskeyProvider 'YubiKey 5*' | Select-Object -ExpandProperty AaGuid | Should -HaveCount 49
    }

    It 'filters by type' {
        Get-PasskeyProvider -TargetType Synced | Group-Object PasskeyType -NoElement | ForEach-Object Name | Should -Be 'Synced'
    }

    It 'completes names with Tab' {
        (TabExpansion2 'Get-PasskeyProvider -Name prot').CompletionMatches.CompletionText | Should -Be "'Proton Pass'"
    }

    It 'survives a round trip through a file' {
        Get-PasskeyProvider 1Password | Export-Clixml TestDrive:/provider.xml
        (Import-Clixml TestDrive:/provider.xml | Get-PasskeyProvider).Name | Should -Be '1Password'
    }

    It 'says which name it does not know' {
        { Get-PasskeyProvider Nobody -ErrorAction Stop } | Should -Throw -ErrorId 'ProviderNotFound,PasskeyAdmin.Commands.GetPasskeyProviderCommand'
    }
}
